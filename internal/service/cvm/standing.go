package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// standingWell lets actions be called by accounts that stand well with the cloud: whose a caller is comes before all
// that a request asks, and what it can pay after all else is found good. Which actions mind is in their lists of codes.
// Simulated: the cloud does not document the order, nor that an unpaid order of one instance holds for others.
func standingWell(actions []api.Action) []api.Action {
	all := slices.Clone(actions)
	for i := range all {
		all[i] = all[i].Within(checkQualified, checkSolvent)
	}
	return all
}

// disqualified are the codes by which actions refuse whom they are not for, of which none has more than one.
var disqualified = []string{
	sdk.ACCOUNTQUALIFICATIONRESTRICTIONS, sdk.UNSUPPORTEDOPERATION_USERCONVERTOSNOTSUPPORT, sdk.OPERATIONDENIED_INNERUSERPROHIBITACTION,
	sdk.INVALIDPERMISSION,
}

func checkQualified(c *api.Call) error {
	if c.Standing() != account.Unqualified {
		return nil
	}
	for _, code := range disqualified {
		if lists(c, code) {
			return tcerr.New(code, "The account does not meet the requirements of this operation.").Zh("该账户不符合此操作的要求。")
		}
	}
	return nil
}

func checkSolvent(c *api.Call) error {
	switch word := c.Standing(); {
	case word == account.NoBalance && lists(c, sdk.INVALIDACCOUNT_INSUFFICIENTBALANCE):
		return tcerr.New(sdk.INVALIDACCOUNT_INSUFFICIENTBALANCE, "The account balance is insufficient.").Zh("账户余额不足。")
	case word == account.UnpaidOrder && lists(c, sdk.INVALIDACCOUNT_UNPAIDORDER):
		return tcerr.New(sdk.INVALIDACCOUNT_UNPAIDORDER, "The account has unpaid orders.").Zh("账户存在未支付订单。")
	}
	return nil
}
