package cvm

import (
	"slices"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/region"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// keyPair is a key that logs into instances. The private half was given away when it was made and is not kept.
type keyPair struct {
	Name, Description string
	ProjectID         int64
	Public            string // OpenSSH's one line: type, key, and the id as comment
	Region            string // where it was made, and where its tags are
	Created           int64  // UNIX seconds
}

// keyPairs belong to the account, not to a region: read and written through c.In("").
var keyPairs = state.NewTable("cvm.key-pair",
	state.By("name", func(_ string, k *keyPair) []string { return []string{k.Name} }),
	state.By("key", func(_ string, k *keyPair) []string { return []string{material(k.Public)} }),
)

// keyPairName is the form of a key pair's name.
var keyPairName = formOf(`^[A-Za-z0-9_]*$`)

const (
	maxKeyPairName        = 25
	maxKeyPairDescription = 60
)

// checkKeyPairName refuses a name that is none, or that another key pair has.
func checkKeyPairName(c *api.Call, name string) error {
	switch {
	case name == "":
		return tcerr.New(sdk.INVALIDKEYPAIRNAMEEMPTY, "The key pair name is empty.").Zh("密钥对名称不能为空。")
	case len(name) > maxKeyPairName:
		return tcerr.New(sdk.INVALIDKEYPAIRNAMETOOLONG, "The key pair name `%s` exceeds %d characters.", name, maxKeyPairName).
			Zh("密钥对名称 `%s` 超过 %d 个字符。")
	case !keyPairName.fits(name):
		return tcerr.New(sdk.INVALIDKEYPAIRNAMEINCLUDEILLEGALCHAR, "The key pair name `%s` includes illegal characters.", name).
			Zh("密钥对名称 `%s` 包含非法字符。")
	case keyPairs.Count(c.In(""), "name", name) > 0:
		return duplicateKeyPair(name)
	}
	return nil
}

func duplicateKeyPair(name string) error {
	return tcerr.New(sdk.INVALIDKEYPAIRNAME_DUPLICATE, "The key pair name `%s` already exists.", name).Zh("密钥对名称 `%s` 已存在。")
}

// admitKeyPair checks what makes a key pair one of the account's.
func admitKeyPair(c *api.Call, name string, project int64) error {
	if err := checkKeyPairName(c, name); err != nil {
		return err
	}
	if _, ok := tag.Project(c.Tx, uint64(project)); !ok {
		return tcerr.New(sdk.INVALIDPROJECTID_NOTFOUND, "The specified project `%d` does not exist.", project).Zh("项目 `%d` 不存在。")
	}
	if most := c.Quota(quota.KeyPairs); keyPairs.Len(c.In("")) >= most {
		return tcerr.New(sdk.INVALIDKEYPAIR_LIMITEXCEEDED, "The number of key pairs exceeds the limit `%d`.", most).Zh("密钥对数量超过上限 `%d`。")
	}
	return nil
}

// put makes the row of a key pair with an id, and its tags.
func (k keyPair) put(c *api.Call, id string, tags map[string]string) {
	k.Region, k.Created = c.Region, c.Now.Unix()
	keyPairs.Put(c.In(""), id, k)
	tag.Set(c.Tx, taggedKeyPair(id), tags)
}

// taggedKeyPair is how tags know a key pair.
func taggedKeyPair(id string) tag.Resource {
	return tag.Resource{Service: "cvm", Prefix: "keypair", ID: id}
}

// keyPairInUse says whether an instance or a custom image of any region has a key pair.
func keyPairInUse(c *api.Call, id string) bool {
	return slices.ContainsFunc(region.All(), func(r *region.Region) bool {
		return instances.Count(c.In(r.Name), "key", id)+images.Count(c.In(r.Name), "key", id) > 0
	})
}
