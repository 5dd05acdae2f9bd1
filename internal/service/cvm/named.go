package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// naming is how the ids of a kind of resource look, and how an action refuses those that are none or are not there.
type naming struct {
	noun, zh string // "key pair", "密钥对"
	form     form

	malformed, missing string // codes
	unfound            string // code of actions whose list does not have missing; "" for none
	max                int    // how many one call may name; 0 for any number
	tooMany            string
}

// read is the ids of a request, each once, in the order named. parameter is where they stand in it.
func (n *naming) read(c *api.Call, ids []*string, parameter string) (all []string, err error) {
	if len(ids) == 0 {
		return nil, tcerr.Missing(parameter)
	}
	if n.max > 0 && len(ids) > n.max {
		return nil, tcerr.New(listedCode(c, n.tooMany, sdk.INVALIDPARAMETERVALUE), "The number of `%s` `%d` exceeds the limit `%d`.", parameter, len(ids), n.max).
			Zh("`%s` 的数量 `%d` 超过上限 `%d`。")
	}
	for _, id := range ids {
		if err := n.check(c, or(id, "")); err != nil {
			return nil, err
		}
		if !slices.Contains(all, *id) {
			all = append(all, *id)
		}
	}
	return all, nil
}

// check refuses an id that is none.
func (n *naming) check(c *api.Call, id string) error {
	if !n.form.fits(id) {
		return tcerr.New(listedCode(c, n.malformed, n.absence(c)), "The "+n.noun+" ID `%s` is malformed.", id).Zh(n.zh + "ID `%s` 格式不合法。")
	}
	return nil
}

// absent refuses an id that is not there.
func (n *naming) absent(c *api.Call, id string) error {
	return tcerr.New(n.absence(c), "The "+n.noun+" `%s` does not exist.", id).Zh(n.zh + " `%s` 不存在。")
}

func (n *naming) absence(c *api.Call) string {
	if n.unfound == "" {
		return n.missing
	}
	return listedCode(c, n.missing, n.unfound)
}

// listed are a list in the SDK's form that is never null on the wire.
func listed(in []string) []*string {
	if len(in) == 0 {
		return []*string{}
	}
	return pointers(in)
}
