package cvm

import (
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// listedCode is the first of these codes that the called action's own list has, and the last where it has none: the
// cloud says the same thing by older and newer codes, and each action knows only some of them.
func listedCode(c *api.Call, codes ...string) string { return c.ListedCode("cvm", version, codes...) }

// lists says whether the called action's own list has a code.
func lists(c *api.Call, code string) bool { return listedCode(c, code, "") != "" }

// fit puts what a shared check found into the words of the called action, for which the check's code may be unknown.
func fit(c *api.Call, err error) error {
	if e := tcerr.Of(err); e != nil {
		e.Code = listedCode(c, append([]string{e.Code}, alike(e.Code)...)...)
	}
	return err
}

// alike are the codes that say the same thing, or less, the most exact first.
func alike(code string) []string {
	switch code {
	case sdk.INVALIDPASSWORD:
		return []string{sdk.INVALIDPARAMETERVALUE_INVALIDPASSWORD, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPARAMETERVALUE_KEYPAIRNOTFOUND:
		return []string{sdk.RESOURCENOTFOUND_KEYPAIRNOTFOUND, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPARAMETER_INVALIDIPFORMAT:
		return []string{sdk.INVALIDPARAMETERVALUE_IPADDRESSMALFORMED, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPARAMETERVALUE_INSTANCETYPENOTFOUND, sdk.RESOURCEUNAVAILABLE_INSTANCETYPE:
		return []string{sdk.RESOURCENOTFOUND_INVALIDZONEINSTANCETYPE, sdk.INVALIDPARAMETERVALUE_ZONENOTSUPPORTED, sdk.INVALIDPARAMETERVALUE}
	case sdk.UNSUPPORTEDOPERATION_INVALIDDATADISK:
		return []string{sdk.UNSUPPORTEDOPERATION_INVALIDDISK}
	case sdk.UNSUPPORTEDOPERATION_SPOTUNSUPPORTEDREGION:
		return []string{sdk.UNSUPPORTEDOPERATION_NOINSTANCETYPESUPPORTSPOT}
	case sdk.RESOURCEINSUFFICIENT_SPECIFIEDINSTANCETYPE, sdk.RESOURCEINSUFFICIENT_AVAILABILITYZONESOLDOUT:
		return []string{sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE}
	case sdk.RESOURCEINSUFFICIENT_CLOUDDISKSOLDOUT:
		return []string{sdk.RESOURCEINSUFFICIENT_CLOUDDISKUNAVAILABLE}
	case sdk.LIMITEXCEEDED_ASSOCIATEUSGLIMITEXCEEDED, sdk.LIMITEXCEEDED_SINGLEUSGQUOTA, sdk.LIMITEXCEEDED_CVMSVIFSPERSECGROUPLIMITEXCEEDED:
		return []string{sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED}
	case sdk.INVALIDPARAMETERVALUE_SUBNETIDZONEIDNOTMATCH:
		return []string{sdk.INVALIDPARAMETERVALUE_VPCIDZONEIDNOTMATCH, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPARAMETERVALUE_SUBNETIDMALFORMED:
		return []string{sdk.INVALIDPARAMETERVALUE_SUBNETNOTEXIST, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPARAMETERVALUE_INVALIDIPFORMAT, sdk.INVALIDPARAMETERVALUE_IPADDRESSMALFORMED:
		return []string{sdk.INVALIDPARAMETER_INVALIDIPFORMAT, sdk.INVALIDPARAMETERVALUE}
	case sdk.INVALIDPERMISSION, sdk.INVALIDPARAMETER_CDCNOTSUPPORTED:
		return []string{sdk.INVALIDPARAMETERVALUE}
	case sdk.LIMITEXCEEDED_INSTANCEQUOTA, sdk.LIMITEXCEEDED_PREPAYQUOTA, sdk.LIMITEXCEEDED_USERSPOTQUOTA, sdk.LIMITEXCEEDED_SPOTQUOTA:
		return []string{sdk.LIMITEXCEEDED_INSTANCEQUOTA, sdk.INSTANCESQUOTALIMITEXCEEDED}
	case sdk.INVALIDPARAMETER_PARAMETERCONFLICT, sdk.INVALIDPARAMETERCOMBINATION, sdk.INVALIDPARAMETER_ONLYSUPPORTFOREDGEZONE,
		sdk.INVALIDPARAMETER_LACKCORECOUNTORTHREADPERCORE, sdk.RESOURCEINSUFFICIENT_CIDRBLOCK, sdk.LIMITEXCEEDED_VPCSUBNETNUM,
		sdk.LIMITEXCEEDED_IPV6ADDRESSNUM, sdk.INVALIDKEYPAIRID_MALFORMED, sdk.INVALIDSECURITYGROUPID_NOTFOUND,
		sdk.UNSUPPORTEDOPERATION_KEYPAIRUNSUPPORTEDWINDOWS:
		return []string{sdk.INVALIDPARAMETERVALUE}
	}
	return class(code)
}

// class is the common code that a code is a case of.
func class(code string) []string {
	switch word, _, _ := strings.Cut(code, "."); word {
	case tcerr.InvalidParameter, tcerr.InvalidParameterValue, tcerr.FailedOperation, tcerr.LimitExceeded, tcerr.ResourceInsufficient,
		tcerr.ResourceNotFound, tcerr.ResourceUnavailable, tcerr.UnsupportedOperation:
		return []string{word}
	}
	return nil
}
