package vpc

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// Refusals that many actions word alike. The texts are our own where the cloud's are not known.

// notFound says that there is no such resource.
func notFound(id string) error {
	return tcerr.New(sdk.RESOURCENOTFOUND, "The resource `%s` is not found.", id).Zh("资源 `%s` 不存在。")
}

// malformed says that a value has not the form of its parameter.
func malformed(value any, field string) error {
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_MALFORMED, value, field)
}

// bad says that a value is not one that its parameter can have.
func bad(value any, field string) error {
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, value, field)
}

// outOfRange says that a number lies outside the bounds of its parameter.
func outOfRange(value any, field string) error {
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_RANGE, value, field)
}

// inUse says that a resource cannot go while others need it.
func inUse(id, by string) error {
	return tcerr.New(sdk.RESOURCEINUSE, "The resource `%s` is in use by `%s`.", id, by).Zh("资源 `%s` 正在被 `%s` 使用。")
}

// unsupported says that a resource does not allow an operation, by one of the dotted codes.
func unsupported(code, id string) error {
	return tcerr.New(code, "The resource `%s` does not support this operation.", id).Zh("资源 `%s` 不支持该操作。")
}

// conflict says that two values cannot stand side by side.
func conflict(code string, one, other any) error {
	return tcerr.New(code, "The value `%v` conflicts with `%v`.", one, other).Zh("取值 `%v` 与 `%v` 冲突。")
}

// coexist says that two parameters exclude each other.
func coexist(one, other string) error {
	return tcerr.New(sdk.INVALIDPARAMETER_COEXIST, "The parameters `%s` and `%s` can not be specified together.", one, other).
		Zh("参数 `%s` 和 `%s` 不能同时指定。")
}

// full refuses n more of something of which have are there already, when the account may not have that many.
func full(c *api.Call, l quota.Limit, have, n int) error {
	limit := c.Quota(l)
	if have+n <= limit {
		return nil
	}
	return tcerr.New(l.Code(), "The quota of `%d` is exceeded.", limit).Zh("超过配额 `%d`。")
}

// checkName refuses a name longer than most characters.
func checkName(name, field string, most int) error {
	if len([]rune(name)) > most {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_TOOLONG, name, field)
	}
	return nil
}

// wellFormed says whether id has the shape of ids of a prefix: "vpc-" and eight lower-case letters and digits.
func wellFormed(prefix, id string) bool {
	rest, ok := strings.CutPrefix(id, prefix+"-")
	return ok && len(rest) == 8 && strings.Trim(rest, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

// duplicate says that a list names a value twice, or what is there already.
func duplicate(value any, field string) error {
	return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_DUPLICATE, value, field)
}

// missing says that a parameter is required here.
func missing(field string) error { return tcerr.Missing(field) }

// badCode is bad by another code.
func badCode(code string, value any, field string) error {
	return tcerr.BadFieldValue(code, value, field)
}

// badLimit says that a resource has as many of something as it may.
func badLimit(most int) error {
	return tcerr.New(sdk.LIMITEXCEEDED, "The limit of `%d` is exceeded.", most).Zh("超过上限 `%d`。")
}

// busy says that something is going on with a resource, and that one may try again.
func busy(id string) error {
	return tcerr.New(sdk.OPERATIONDENIED_MUTEXTASKRUNNING, "The resource `%s` has a task that is running.", id).Zh("资源 `%s` 有任务正在执行。")
}
