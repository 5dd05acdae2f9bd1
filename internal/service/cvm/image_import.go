package cvm

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// importable is an operating system of which images can be imported.
type importable struct {
	name     string
	windows  bool
	listed   bool // as a name; the others show only by their versions
	versions []string
}

// importables are those of the example of DescribeImportImageOs, in its order.
var importables = []importable{
	{"Windows Server 2008", true, true, []string{"9"}},
	{"Windows Server 2012", true, true, []string{"9"}},
	{"Windows Server 2016", true, true, []string{"9"}},
	{"CentOS", false, true, []string{"5", "6", "7"}},
	{"CoreOS", false, true, []string{"7"}},
	{"Debian", false, true, []string{"6", "7", "8", "9"}},
	{"FreeBSD", false, true, []string{"10"}},
	{"Redhat", false, false, []string{"5", "6", "7"}},
	{"OpenSUSE", false, true, []string{"11", "12"}},
	{"SUSE", false, true, []string{"10", "11", "12", "13"}},
	{"Ubuntu", false, true, []string{"10", "12", "14", "16"}},
	{"Other Linux", false, true, []string{"8"}},
}

// describeImportImageOs lists the operating systems of which images can be imported. Source: document/api/213/15718.
func describeImportImageOs(*api.Call, *sdk.DescribeImportImageOsRequestParams) (*sdk.DescribeImportImageOsResponseParams, error) {
	out := &sdk.DescribeImportImageOsResponseParams{ImportImageOsListSupported: &sdk.ImageOsList{}}
	for _, o := range importables {
		out.ImportImageOsVersionSet = append(out.ImportImageOsVersionSet, &sdk.OsVersion{
			OsName: new(o.name), OsVersions: pointers(slices.Clone(o.versions)), Architecture: pointers([]string{"x86_64", "i386"}),
		})
		list := &out.ImportImageOsListSupported.Linux
		if o.windows {
			list = &out.ImportImageOsListSupported.Windows
		}
		if o.listed {
			*list = append(*list, new(o.name))
		}
	}
	return out, nil
}

// cosURL is the form of the address of an object in COS.
var cosURL = formOf(`^(https?://)?[a-z0-9-]+-\d+\.cos[a-z0-9.-]*\.(myqcloud|tencentcos)\.(com|cn)/.+`)

// importImage checks an order to import an image and then refuses it: there is no object storage to read it from.
func importImage(c *api.Call, in *sdk.ImportImageRequestParams) (*sdk.ImportImageResponseParams, error) {
	if len(zonesOf(c)) == 0 {
		return nil, tcerr.New(sdk.REGIONABILITYLIMIT_UNSUPPORTEDTOIMPORTIMAGE, "The region `%s` does not support to import images.", c.Region).
			Zh("地域 `%s` 不支持导入镜像。")
	}
	if err := checkImportForm(in); err != nil {
		return nil, err
	}
	if err := checkImageWords(c, *in.ImageName, or(in.ImageDescription, ""), or(in.ImageFamily, "")); err != nil {
		return nil, err
	}
	_, err := specified(in.TagSpecification, "image", tag.Codes{
		Key: sdk.INVALIDPARAMETERVALUE_TAGKEYNOTFOUND, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.INVALIDPARAMETERVALUE_TAGKEYNOTFOUND,
		Quota: sdk.INVALIDPARAMETERVALUE, Duplicate: sdk.INVALIDPARAMETERVALUE,
	})
	if err != nil {
		return nil, err
	}
	for _, url := range importURLs(in) {
		if !cosURL.fits(url) {
			return nil, tcerr.New(sdk.INVALIDPARAMETER_INVALIDPARAMETERURLERROR, "The URL `%s` is not that of an object in COS.", url).
				Zh("URL `%s` 不是合法的 COS 对象地址。")
		}
	}
	return nil, tcerr.New(sdk.INVALIDPARAMETER_INVALIDPARAMETERURLERROR, "The object at the URL `%s` cannot be read.", *in.ImageUrl).
		Zh("无法读取 URL `%s` 的对象。")
}

// importURLs are where an image's system disk and data disks are to be read from.
func importURLs(in *sdk.ImportImageRequestParams) []string {
	urls := []string{*in.ImageUrl}
	for _, d := range in.ImportImageDataDiskList {
		urls = append(urls, or(d.ImageUrl, ""))
	}
	return urls
}

func checkImportForm(in *sdk.ImportImageRequestParams) error {
	n := slices.IndexFunc(importables, func(o importable) bool { return strings.EqualFold(o.name, *in.OsType) })
	switch {
	case !slices.Contains([]string{"x86_64", "i386", "arm_64"}, *in.Architecture):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Architecture, "Architecture")
	case n < 0:
		return tcerr.New(sdk.INVALIDIMAGEOSTYPE_UNSUPPORTED, "The operating system `%s` is not supported.", *in.OsType).Zh("不支持的操作系统类型 `%s`。")
	case !slices.Contains(importables[n].versions, *in.OsVersion) && !or(in.Force, false):
		return tcerr.New(sdk.INVALIDIMAGEOSVERSION_UNSUPPORTED, "The version `%s` of the operating system `%s` is not supported.", *in.OsVersion, *in.OsType).
			Zh("不支持的操作系统版本 `%s`（`%s`）。")
	case !slices.Contains([]string{"TencentCloud", "BYOL"}, or(in.LicenseType, "TencentCloud")):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDLICENSETYPE, *in.LicenseType, "LicenseType")
	case !slices.Contains([]string{"Legacy BIOS", "UEFI"}, or(in.BootMode, "Legacy BIOS")):
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDBOOTMODE, *in.BootMode, "BootMode")
	case strings.HasSuffix(strings.ToLower(*in.ImageUrl), ".iso") && !or(in.Force, false):
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_ISOMUSTIMPORTBYFORCE, "An ISO file must be imported by force.").Zh("ISO 文件必须强制导入。")
	}
	return nil
}
