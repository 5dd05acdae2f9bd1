package cvm

import (
	"slices"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

var keyPairID = shape("skey")

func checkLogin(c *api.Call, o *order) (err error) {
	o.keys, err = checkLoginSettings(c, o.in.LoginSettings, o.image)
	return err
}

// checkLoginSettings settles the keys of an instance that is launched or reinstalled. Password, KeyIds and
// KeepImageLogin exclude each other.
func checkLoginSettings(c *api.Call, in *sdk.LoginSettings, im *image) (keys []string, err error) {
	if in == nil {
		return nil, nil
	}
	keep, err := keepsLogin(in)
	if err != nil {
		return nil, err
	}
	password := or(in.Password, "")
	switch {
	case password != "" && len(in.KeyIds) > 0, keep && (password != "" || len(in.KeyIds) > 0):
		return nil, tcerr.New(sdk.INVALIDPARAMETER_PARAMETERCONFLICT, "`Password`, `KeyIds` and `KeepImageLogin` of `LoginSettings` exclude each other.").
			Zh("`LoginSettings` 中的 `Password`、`KeyIds` 与 `KeepImageLogin` 不能同时指定。")
	case keep && im.Public:
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, or(in.KeepImageLogin, ""), "LoginSettings.KeepImageLogin")
	case password != "":
		return nil, checkPassword(password, im.Windows)
	case len(in.KeyIds) > 0 && im.Windows:
		return nil, tcerr.New(sdk.UNSUPPORTEDOPERATION_KEYPAIRUNSUPPORTEDWINDOWS, "Instances with Windows do not support key pairs.").Zh("Windows 实例不支持密钥登录。")
	}
	for _, id := range in.KeyIds {
		if err := checkKeyPair(c, or(id, "")); err != nil {
			return nil, err
		}
		if slices.Contains(keys, *id) {
			return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_DUPLICATE, *id, "LoginSettings.KeyIds")
		}
		keys = append(keys, *id)
	}
	return keys, nil
}

// keepsLogin reads KeepImageLogin, which is a truth value in letters of either case.
func keepsLogin(in *sdk.LoginSettings) (bool, error) {
	switch word := or(in.KeepImageLogin, ""); strings.ToLower(word) {
	case "true":
		return true, nil
	case "false", "":
		return false, nil
	default:
		return false, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, word, "LoginSettings.KeepImageLogin")
	}
}

// checkKeyCount refuses more keys than a list of ids may name.
func checkKeyCount(in *sdk.LoginSettings) error {
	if in == nil || len(in.KeyIds) <= maxBatch {
		return nil
	}
	return tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `LoginSettings.KeyIds` `%d` exceeds the limit `%d`.", len(in.KeyIds), maxBatch).
		Zh("`LoginSettings.KeyIds` 的数量 `%d` 超过上限 `%d`。")
}

// checkKeyPair refuses a key pair that is none or is not there.
func checkKeyPair(c *api.Call, id string) error {
	if !keyPairID.fits(id) {
		return tcerr.New(sdk.INVALIDKEYPAIRID_MALFORMED, "The key pair ID `%s` is malformed.", id).Zh("密钥对ID `%s` 格式不合法。")
	}
	if !keyPairs.Has(c.In(""), id) {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_KEYPAIRNOTFOUND, "The key pair `%s` does not exist.", id).Zh("密钥对 `%s` 不存在。")
	}
	return nil
}
