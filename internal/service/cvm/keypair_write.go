package cvm

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	"golang.org/x/crypto/ssh"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// createKeyPair makes an RSA key of 2048 bits. The answer is the only place where its private half, PKCS#1 in PEM, is
// ever shown.
func createKeyPair(c *api.Call, in *sdk.CreateKeyPairRequestParams) (*sdk.CreateKeyPairResponseParams, error) {
	if err := admitKeyPair(c, *in.KeyName, *in.ProjectId); err != nil {
		return nil, err
	}
	tags, err := specified(in.TagSpecification, "keypair", tag.Codes{
		Key: sdk.INVALIDPARAMETERVALUE, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.FAILEDOPERATION_TAGKEYRESERVED,
		Quota: sdk.LIMITEXCEEDED_TAGRESOURCEQUOTA, Duplicate: sdk.INVALIDPARAMETERVALUE,
	})
	if err != nil {
		return nil, err
	}
	key, err := api.DoAside(c, generate)
	if err != nil {
		return nil, err
	}
	id := api.NewID(c.There(""), keyPairs, "skey")
	public, private := oneLine(key.public, id), key.private
	k := keyPair{Name: *in.KeyName, ProjectID: *in.ProjectId, Public: public}
	k.put(c, id, tags)
	out := &sdk.CreateKeyPairResponseParams{KeyPair: &sdk.KeyPair{
		KeyId: &id, KeyName: &k.Name, ProjectId: &k.ProjectID, Description: &k.Description, PublicKey: &public, PrivateKey: &private,
		AssociatedInstanceIds: []*string{}, CreatedTime: new(iso(c.Now.Unix())), Tags: showTags(tags),
	}}
	return out, nil
}

// keyBits is how long a generated key is.
const keyBits = 2048

// generated is both halves of a new key, the private one in PEM.
type generated struct {
	public  ssh.PublicKey
	private string
}

// generate draws a key, which takes some 50 ms.
func generate() (g generated, err error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return g, fmt.Errorf("generate a key: %w", err)
	}
	if g.public, err = ssh.NewPublicKey(&key.PublicKey); err != nil {
		return g, fmt.Errorf("write the public key: %w", err)
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	g.private = string(pem.EncodeToMemory(block))
	return g, nil
}

// oneLine is a public key as OpenSSH writes it.
func oneLine(key ssh.PublicKey, comment string) string {
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key))) + " " + comment
}

// material is a line without its comment: what makes two keys the same.
func material(line string) string {
	if words := strings.Fields(line); len(words) > 1 {
		return words[0] + " " + words[1]
	}
	return line
}

// importKeyPair takes a public key that somebody made elsewhere: RSA, as documented, or another that OpenSSH knows.
// Its comment becomes the id.
func importKeyPair(c *api.Call, in *sdk.ImportKeyPairRequestParams) (*sdk.ImportKeyPairResponseParams, error) {
	if err := admitKeyPair(c, *in.KeyName, *in.ProjectId); err != nil {
		return nil, err
	}
	key, err := parsePublic(*in.PublicKey)
	if err != nil {
		return nil, err
	}
	id := api.NewID(c.There(""), keyPairs, "skey")
	line := oneLine(key, id)
	if keyPairs.Count(c.In(""), "key", material(line)) > 0 {
		return nil, tcerr.New(sdk.INVALIDPUBLICKEY_DUPLICATE, "The public key already exists.").Zh("公钥已存在。")
	}
	tags, err := specified(in.TagSpecification, "keypair", tag.Codes{
		Key: sdk.INVALIDPARAMETERVALUE, Value: sdk.INVALIDPARAMETERVALUE, Reserved: sdk.INVALIDPARAMETERVALUE,
		Quota: sdk.LIMITEXCEEDED_TAGRESOURCEQUOTA, Duplicate: sdk.INVALIDPARAMETERVALUE,
	})
	if err != nil {
		return nil, err
	}
	keyPair{Name: *in.KeyName, ProjectID: *in.ProjectId, Public: line}.put(c, id, tags)
	return &sdk.ImportKeyPairResponseParams{KeyId: &id}, nil
}

// parsePublic reads one public key in OpenSSH's form: no options before it, no second line, no certificate.
func parsePublic(text string) (ssh.PublicKey, error) {
	key, _, options, rest, err := ssh.ParseAuthorizedKey([]byte(text))
	if _, certificate := key.(*ssh.Certificate); err != nil || certificate || len(options) > 0 || strings.TrimSpace(string(rest)) != "" {
		return nil, tcerr.New(sdk.INVALIDPUBLICKEY_MALFORMED, "The public key is malformed.").Zh("公钥格式不合法。")
	}
	return key, nil
}

// deleteKeyPairs forgets key pairs, unless an instance or a custom image has one of them.
func deleteKeyPairs(c *api.Call, in *sdk.DeleteKeyPairsRequestParams) (*sdk.DeleteKeyPairsResponseParams, error) {
	ids, err := findKeyPairs(c, in.KeyIds)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if keyPairInUse(c, id) {
			return nil, tcerr.New(sdk.INVALIDPARAMETERVALUE_KEYPAIRNOTSUPPORTED, "The key pair `%s` is bound to instances or images, which does not support this operation.", id).
				Zh("密钥对 `%s` 已绑定实例或镜像，不支持该操作。")
		}
	}
	for _, id := range ids {
		row, _ := keyPairs.Get(c.In(""), id)
		tag.Drop(c.In(row.Region), c.Now, taggedKeyPair(id))
		keyPairs.Delete(c.In(""), c.Now, id)
	}
	return &sdk.DeleteKeyPairsResponseParams{}, nil
}

// keyPairIDs is how actions on key pairs name them.
var keyPairIDs = naming{
	noun: "key pair", zh: "密钥对", form: keyPairID, max: maxBatch,
	malformed: sdk.INVALIDKEYPAIRID_MALFORMED, missing: sdk.INVALIDKEYPAIRID_NOTFOUND, tooMany: sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED,
}

// findKeyPairs is the key pairs that a request names, all of which must be there.
func findKeyPairs(c *api.Call, ids []*string) ([]string, error) {
	all, err := keyPairIDs.read(c, ids, "KeyIds")
	if err != nil {
		return nil, err
	}
	for _, id := range all {
		if !keyPairs.Has(c.In(""), id) {
			return nil, keyPairIDs.absent(c, id)
		}
	}
	return all, nil
}

// modifyKeyPairAttribute gives a key pair a name or a description.
func modifyKeyPairAttribute(c *api.Call, in *sdk.ModifyKeyPairAttributeRequestParams) (*sdk.ModifyKeyPairAttributeResponseParams, error) {
	found, err := findKeyPairs(c, []*string{in.KeyId})
	if err != nil {
		return nil, err
	}
	if in.KeyName == nil && in.Description == nil {
		return nil, tcerr.Missing("KeyName")
	}
	row, _ := keyPairs.Get(c.In(""), found[0])
	if name := or(in.KeyName, row.Name); name != row.Name {
		if err := checkNewName(c, name); err != nil {
			return nil, err
		}
	}
	if d := or(in.Description, ""); len([]rune(d)) > maxKeyPairDescription {
		return nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, d, "Description")
	}
	keyPairs.Edit(c.In(""), c.Now, found[0], func(k *keyPair) {
		k.Name, k.Description = or(in.KeyName, k.Name), or(in.Description, k.Description)
	})
	return &sdk.ModifyKeyPairAttributeResponseParams{}, nil
}

// checkNewName is checkKeyPairName in the words of an action that has no others for a name that is none.
func checkNewName(c *api.Call, name string) error {
	err := checkKeyPairName(c, name)
	if e := tcerr.Of(err); e != nil && e.Code != sdk.INVALIDKEYPAIRNAME_DUPLICATE {
		return tcerr.BadFieldValue(sdk.INVALIDPARAMETERVALUE, name, "KeyName")
	}
	return err
}
