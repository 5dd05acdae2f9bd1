package cvm

import (
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
)

// findsKeyPairs is how key pairs are found, newest first, in no region. Source: document/api/213/15699.
var findsKeyPairs = api.Query[keyPair]{
	Table:  keyPairs,
	Newest: true,
	Tags: func(c *api.Call, id string, k *keyPair) map[string]string {
		return tag.Of(c.In(k.Region), taggedKeyPair(id))
	},
	Rules: api.Rules{
		MaxIDs: maxBatch, MaxFilters: 10, MaxValues: 5, DefaultLimit: 20, MaxLimit: 100,
		TooManyIDs: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, TooManyFilters: sdk.INVALIDFILTERVALUE_LIMITEXCEEDED,
		UnknownFilter: sdk.INVALIDFILTER, Both: sdk.INVALIDPARAMETER,
		BadOffset: sdk.INVALIDPARAMETERVALUEOFFSET, BadLimit: sdk.INVALIDPARAMETERVALUELIMIT,
	},
	Fields: map[string]api.Field[keyPair]{
		"project-id": {Of: func(_ *api.Call, _ string, k *keyPair) []string { return []string{strconv.FormatInt(k.ProjectID, 10)} }},
		"key-name":   {Index: "name", Of: func(_ *api.Call, _ string, k *keyPair) []string { return []string{k.Name} }},
	},
}

// describeKeyPairs lists the account's key pairs, whatever the region of the request, newest first.
func describeKeyPairs(c *api.Call, in *sdk.DescribeKeyPairsRequestParams) (*sdk.DescribeKeyPairsResponseParams, error) {
	for _, id := range in.KeyIds {
		if err := keyPairIDs.check(c, or(id, "")); err != nil {
			return nil, err
		}
	}
	page, total, err := findsKeyPairs.Run(regionless(c), api.Ask{IDs: in.KeyIds, Filters: filters(in.Filters), Offset: in.Offset, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &sdk.DescribeKeyPairsResponseParams{TotalCount: new(int64(total)), KeyPairSet: []*sdk.KeyPair{}}
	for _, hit := range page {
		out.KeyPairSet = append(out.KeyPairSet, hit.Row.view(c, hit.ID))
	}
	return out, nil
}

// regionless is the call among the rows that belong to no region.
func regionless(c *api.Call) *api.Call {
	in := *c
	in.Tx = c.In("")
	return &in
}

// view is the key pair without its private half, with the instances of all regions that it logs into.
func (k *keyPair) view(c *api.Call, id string) *sdk.KeyPair {
	return &sdk.KeyPair{
		KeyId: &id, KeyName: &k.Name, ProjectId: &k.ProjectID, Description: &k.Description, PublicKey: &k.Public,
		AssociatedInstanceIds: listed(opened(c, id)), CreatedTime: new(iso(k.Created)),
		Tags: showTags(tag.Of(c.In(k.Region), taggedKeyPair(id))),
	}
}

// opened is the instances, of all regions, that a key pair logs into.
func opened(c *api.Call, id string) []string {
	var all []string
	for _, r := range region.All() {
		for instance := range instances.Where(c.In(r.Name), "key", id) {
			all = append(all, instance)
		}
	}
	return all
}
