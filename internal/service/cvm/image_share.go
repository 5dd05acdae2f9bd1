package cvm

import (
	"iter"
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// received is every image of the region that another account shares with the caller, by account.
func received(c *api.Call) iter.Seq[*image] {
	return func(yield func(*image) bool) {
		for _, name := range c.Accounts() {
			if name == c.Account {
				continue
			}
			theirs := c.Peek(name)
			for _, i := range images.Where(theirs, "shared", c.Account) {
				if i.alive(theirs) && !yield(i) {
					return
				}
			}
		}
	}
}

// accountID is the form of an account's number.
var accountID = formOf(`^[1-9][0-9]{5,11}$`)

// modifyImageSharePermission lets other accounts use a custom image in its region, or no longer. Cancelling what was
// never shared changes nothing.
func modifyImageSharePermission(c *api.Call, in *sdk.ModifyImageSharePermissionRequestParams) (*sdk.ModifyImageSharePermissionResponseParams, error) {
	if *in.Permission != "SHARE" && *in.Permission != "CANCEL" {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, *in.Permission, "Permission")
	}
	i, err := findImage(c, *in.ImageId)
	if err != nil {
		return nil, err
	}
	if err := checkShareable(c, i); err != nil {
		return nil, err
	}
	accounts, err := readAccounts(c, in.AccountIds)
	if err != nil {
		return nil, err
	}
	if *in.Permission == "CANCEL" {
		images.Edit(c.Tx, c.Now, i.ID, func(i *image) {
			i.Shares = slices.DeleteFunc(i.Shares, func(s imageShare) bool { return slices.Contains(accounts, s.Account) })
		})
		return &sdk.ModifyImageSharePermissionResponseParams{}, nil
	}
	return &sdk.ModifyImageSharePermissionResponseParams{}, i.share(c, accounts)
}

func checkShareable(c *api.Call, i *image) error {
	switch i.kind(c) {
	case publicImage:
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGEID, i.ID, "ImageId")
	case sharedImage:
		return foreignImage(i.ID)
	}
	if i.State != imageNormal {
		return tcerr.New(sdk.INVALIDPARAMETERVALUE_INVALIDIMAGESTATE, "The image `%s` is in the state `%s`.", i.ID, i.State).
			Zh("镜像 `%s` 当前状态为 `%s`，不可用。")
	}
	if i.whole() {
		return instanceImage(i)
	}
	if i.Encrypted {
		return encryptedImage()
	}
	return nil
}

func foreignImage(id string) error {
	return tcerr.New(sdk.UNAUTHORIZEDOPERATION_IMAGENOTBELONGTOACCOUNT, "The image `%s` does not belong to the account.", id).
		Zh("镜像 `%s` 不属于该账号。")
}

// readAccounts reads the accounts of a request. Whatever has the form of an account's number is taken for one: an
// account that never called has left no trace here.
func readAccounts(c *api.Call, in []*string) (all []string, err error) {
	if len(in) > maxBatch { // Simulated: how many one call may name
		return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, "The number of `AccountIds` `%d` exceeds the limit `%d`.", len(in), maxBatch).
			Zh("`AccountIds` 的数量 `%d` 超过上限 `%d`。")
	}
	for _, p := range in {
		switch id := or(p, ""); {
		case !accountID.fits(id):
			return nil, tcerr.New(sdk.INVALIDACCOUNTID_NOTFOUND, "The account `%s` does not exist.", id).Zh("账号 `%s` 不存在。")
		case id == c.Account:
			return nil, tcerr.New(sdk.FAILEDOPERATION_ACCOUNTISYOURSELF, "The account `%s` is your own.", id).Zh("账号 `%s` 为当前账号。")
		case !slices.Contains(all, id):
			all = append(all, id)
		}
	}
	if len(all) == 0 {
		return nil, tcerr.Missing("AccountIds")
	}
	return all, nil
}

// share adds accounts to those that may use the image.
func (i *image) share(c *api.Call, accounts []string) error {
	for _, id := range accounts {
		if slices.Contains(i.sharedWith(), id) {
			return tcerr.New(sdk.FAILEDOPERATION_ACCOUNTALREADYEXISTS, "The image is shared with the account `%s` already.", id).Zh("镜像已共享给账号 `%s`。")
		}
	}
	if most := c.Quota(quota.ImageShares); len(i.Shares)+len(accounts) > most {
		return tcerr.New(sdk.OVERQUOTA, "The number of accounts that an image is shared with exceeds the limit `%d`.", most).Zh("镜像共享账号数量超过上限 `%d`。")
	}
	images.Edit(c.Tx, c.Now, i.ID, func(i *image) {
		for _, id := range accounts {
			i.Shares = append(i.Shares, imageShare{id, iso(c.Now.Unix())})
		}
	})
	return nil
}

// describeImageSharePermission lists the accounts that may use a custom image of the caller's.
func describeImageSharePermission(c *api.Call, in *sdk.DescribeImageSharePermissionRequestParams) (*sdk.DescribeImageSharePermissionResponseParams, error) {
	i, err := findImage(c, *in.ImageId)
	if err != nil {
		return nil, err
	}
	if i.kind(c) != privateImage {
		return nil, foreignImage(i.ID)
	}
	out := &sdk.DescribeImageSharePermissionResponseParams{SharePermissionSet: []*sdk.SharePermission{}}
	for _, s := range i.Shares {
		out.SharePermissionSet = append(out.SharePermissionSet, &sdk.SharePermission{AccountId: &s.Account, CreatedTime: &s.Since})
	}
	return out, nil
}
