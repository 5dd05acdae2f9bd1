package cvm

import (
	"fmt"
	"strconv"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// maxName is how long an InstanceName may be, its pattern included.
const maxName = 128

// pattern is {R:x} or {R:x,F:y}: numbers counted up from x, filled with zeros to y digits.
var pattern = formOf(`\{R:(\d{1,9})(?:,F:([0-8]))?\}`).compiled

// instanceName is the name of the i-th (from 0) of count instances that are launched together. Each {R:x} counts up
// from x; without one, several instances get 1, 2, … appended. What is no pattern is plain text.
func instanceName(name string, i, count int) string {
	if name == "" {
		return unnamed
	}
	named, counted := number(name, i)
	if count > 1 && !counted {
		return named + strconv.Itoa(i+1)
	}
	return named
}

// unnamed is what the cloud calls an instance whose name nobody chose.
const unnamed = "未命名"

// number fills in the patterns of a name; counted says whether there were any.
func number(name string, i int) (filled string, counted bool) {
	filled = pattern().ReplaceAllStringFunc(name, func(p string) string {
		counted = true
		m := pattern().FindStringSubmatch(p)
		first, _ := strconv.Atoi(m[1])
		width, _ := strconv.Atoi(m[2])
		return fmt.Sprintf("%0*d", width, first+i)
	})
	return filled, counted
}

// hostName is the HostName of the i-th instance; {IP} is its first private address. Without one it follows from the
// address, as the cloud's images do it.
func hostName(name string, i, count int, ip string, osName string) string {
	if name == "" {
		parts := strings.Split(ip, ".")
		// Simulated: VM-<third>-<fourth>-<system>, as seen on instances nobody named.
		return fmt.Sprintf("VM-%s-%s-%s", parts[2], parts[3], strings.ToLower(strings.Fields(osName + " linux")[0]))
	}
	named, counted := number(strings.ReplaceAll(name, "{IP}", ip), i)
	if count > 1 && !counted && !strings.Contains(name, "{IP}") {
		return named + strconv.Itoa(i+1)
	}
	return named
}

var (
	linuxHost   = formOf(`^[A-Za-z0-9]([A-Za-z0-9]|[.-][A-Za-z0-9])*$`)
	windowsHost = formOf(`^[A-Za-z0-9]([A-Za-z0-9]|-[A-Za-z0-9])*$`)
	digits      = formOf(`^[0-9]*$`)
)

// checkHostName refuses a host name that an operating system would not take.
func checkHostName(name string, windows bool) error {
	plain, _ := number(strings.ReplaceAll(name, "{IP}", "10.0.0.1"), 0)
	good := len(plain) >= 2 && len(plain) <= 60 && linuxHost.fits(plain)
	if windows {
		good = len(plain) >= 2 && len(plain) <= 15 && windowsHost.fits(plain) && !digits.fits(plain)
	}
	if !good {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_ILLEGALHOSTNAME, "The value `%s` specified in the parameter `HostName` is not a legal host name.", name).
			Zh("参数 `HostName` 的取值 `%s` 不是合法的主机名。")
	}
	return nil
}

// checkPassword refuses a password that is too weak: 8–30 characters of two kinds, on Windows 12–30 of three.
func checkPassword(password string, windows bool) error {
	least, kinds := 8, 2
	if windows {
		least, kinds = 12, 3
	}
	if strings.ContainsFunc(password, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDPASSWORD, "The specified password has characters that are not allowed.").Zh("密码包含不允许的字符。")
	}
	if len(password) < least || len(password) > 30 || strings.HasPrefix(password, "/") || characterKinds(password) < kinds {
		return tcerr.New(sdk.INVALIDPASSWORD, "The specified password is invalid: %d-30 characters of at least %d kinds are required.", least, kinds).
			Zh("密码不合法：长度须为 %d-30 位，至少包含 %d 类字符。")
	}
	return nil
}

// characterKinds counts lower case, upper case, digits and signs; 0 where a character is none of them.
func characterKinds(s string) (kinds int) {
	for _, set := range []string{"abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", passwordSigns} {
		if strings.ContainsAny(s, set) {
			kinds++
		}
	}
	for _, r := range s {
		if r <= ' ' || r > '~' {
			return 0
		}
	}
	return kinds
}

const passwordSigns = "()`~!@#$%^&*-+=_|{}[]:;'<>,.?/\\\""
