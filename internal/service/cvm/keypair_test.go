package cvm

import (
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	"golang.org/x/crypto/ssh"

	"github.com/tengyun/tengyun/internal/quota"
)

// Public keys that somebody made elsewhere.
const (
	rsaPublic = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDg5yzAmBr/VT4aK0oDgdpnNCbcSzI3v8EGqVdO0mRkEMcwgYHJ6h3kR9pCkYJ4dJvbmSSGkUiuyfJvmzrSyrXNxY7KjHeiHqv3q1sbJbfMxRmTGhxb+HbYSOEm/jrqzmiqVNFBZIN+7U3uqsg1QBcJG51yXu4Xe0mSQPUPtA4zNQ== me@home"
	edPublic  = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDI2eDNTDjyXGFqhJZz1zAeuUeq5PBzc+2Q0JgDXTRnv"
)

func (d *desk) importKey(name, public string) string {
	d.Helper()
	return *call(d, importKeyPair, sdk.ImportKeyPairRequestParams{KeyName: &name, ProjectId: p(int64(0)), PublicKey: &public}).KeyId
}

func (d *desk) keyPair(id string) *sdk.KeyPair {
	d.Helper()
	set := call(d, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{KeyIds: ps(id)}).KeyPairSet
	if len(set) == 0 {
		return nil
	}
	return set[0]
}

func TestCreateKeyPairGivesAKeyThatFits(t *testing.T) {
	d := newDesk(t)
	made := call(d, createKeyPair, sdk.CreateKeyPairRequestParams{
		KeyName: p("mine"), ProjectId: p(int64(0)),
		TagSpecification: tagging("keypair"),
	}).KeyPair
	d.wantFull(made)
	block, _ := pem.Decode([]byte(*made.PrivateKey))
	if block == nil || block.Type != "RSA PRIVATE KEY" {
		t.Fatalf("got %s, want PKCS#1 in PEM", *made.PrivateKey)
	}
	private, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil || private.N.BitLen() != 2048 {
		t.Fatalf("got %v, want 2048 bits", err)
	}
	public, comment, _, _, err := ssh.ParseAuthorizedKey([]byte(*made.PublicKey))
	if err != nil || comment != *made.KeyId {
		t.Fatalf("got comment %q, %v, want %s", comment, err, *made.KeyId)
	}
	half, _ := ssh.NewPublicKey(&private.PublicKey)
	if string(half.Marshal()) != string(public.Marshal()) {
		t.Error("the halves do not belong to each other")
	}
	shown := d.keyPair(*made.KeyId)
	d.wantFull(shown, "PrivateKey")
	if shown.PrivateKey != nil || *shown.PublicKey != *made.PublicKey || *shown.Tags[0].Value != "web" {
		t.Errorf("got %+v, want what was made, without the private half", shown)
	}
}

func TestKeyPairsBelongToTheAccountAndNotToARegion(t *testing.T) {
	d := newDesk(t)
	id := d.importKey("mine", rsaPublic)
	elsewhere := d.in("ap-beijing")
	if k := elsewhere.keyPair(id); k == nil || *k.PublicKey != strings.TrimSuffix(rsaPublic, "me@home")+id {
		t.Fatalf("got %+v, want the key of the account", k)
	}
	login := func(in *sdk.RunInstancesRequestParams) { in.LoginSettings = &sdk.LoginSettings{KeyIds: ps(id)} }
	want := []string{d.run(login), elsewhere.run(login)}
	if got := plain(d.keyPair(id).AssociatedInstanceIds); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	refused(elsewhere, sdk.INVALIDPARAMETERVALUE_KEYPAIRNOTSUPPORTED, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: ps(id)})
}

func TestKeyPairRefusals(t *testing.T) {
	d := newDesk(t)
	id := d.importKey("mine", rsaPublic)
	create := func(name string, project int64) sdk.CreateKeyPairRequestParams {
		return sdk.CreateKeyPairRequestParams{KeyName: &name, ProjectId: &project}
	}
	refused(d, sdk.INVALIDKEYPAIRNAMEEMPTY, createKeyPair, create("", 0))
	refused(d, sdk.INVALIDKEYPAIRNAMETOOLONG, createKeyPair, create(strings.Repeat("a", 26), 0))
	refused(d, sdk.INVALIDKEYPAIRNAMEINCLUDEILLEGALCHAR, createKeyPair, create("a-b", 0))
	refused(d, sdk.INVALIDKEYPAIRNAME_DUPLICATE, createKeyPair, create("mine", 0))
	refused(d, sdk.INVALIDPROJECTID_NOTFOUND, createKeyPair, create("other", 7))
	imports := func(public string) sdk.ImportKeyPairRequestParams {
		return sdk.ImportKeyPairRequestParams{KeyName: p("other"), ProjectId: p(int64(0)), PublicKey: &public}
	}
	refused(d, sdk.INVALIDPUBLICKEY_DUPLICATE, importKeyPair, imports(rsaPublic))
	refused(d, sdk.INVALIDPUBLICKEY_MALFORMED, importKeyPair, imports("ssh-rsa AAAA"))
	refused(d, sdk.INVALIDPUBLICKEY_MALFORMED, importKeyPair, imports(edPublic+"\n"+rsaPublic))
	refused(d, sdk.INVALIDPUBLICKEY_MALFORMED, importKeyPair, imports(`command="ls" `+edPublic))
	refused(d, sdk.INVALIDKEYPAIRID_MALFORMED, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: ps("mine")})
	refused(d, sdk.INVALIDKEYPAIRID_NOTFOUND, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: ps(id, "skey-00000000")})
	refused(d, sdk.INVALIDPARAMETERVALUE_LIMITEXCEEDED, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: make([]*string, 101)})
	refused(d, sdk.INVALIDPARAMETER, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{KeyIds: ps(id), Filters: by("key-name", "mine")})
	refused(d, sdk.INVALIDPARAMETERVALUELIMIT, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{Limit: p(int64(101))})
	refused(d, sdk.INVALIDPARAMETERVALUEOFFSET, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{Offset: p(int64(-1))})
	d.limit(quota.KeyPairs, 1)
	refused(d, sdk.INVALIDKEYPAIR_LIMITEXCEEDED, createKeyPair, create("other", 0))
	if d.keyPair(id) == nil {
		t.Error("a refused deletion took a key along")
	}
}

func TestModifyAndDeleteKeyPair(t *testing.T) {
	d := newDesk(t)
	id, other := d.importKey("mine", rsaPublic), d.importKey("other", edPublic)
	change := func(name, description *string) sdk.ModifyKeyPairAttributeRequestParams {
		return sdk.ModifyKeyPairAttributeRequestParams{KeyId: &id, KeyName: name, Description: description}
	}
	refused(d, "MissingParameter", modifyKeyPairAttribute, change(nil, nil))
	refused(d, sdk.INVALIDKEYPAIRNAME_DUPLICATE, modifyKeyPairAttribute, change(p("other"), nil))
	refused(d, sdk.INVALIDPARAMETERVALUE, modifyKeyPairAttribute, change(p("no name"), nil))
	refused(d, sdk.INVALIDPARAMETERVALUE, modifyKeyPairAttribute, change(nil, p(strings.Repeat("长", 61))))
	call(d, modifyKeyPairAttribute, change(p("renamed"), nil))
	call(d, modifyKeyPairAttribute, change(p("renamed"), p("of the web")))
	if k := d.keyPair(id); *k.KeyName != "renamed" || *k.Description != "of the web" {
		t.Errorf("got %+v, want both changes", k)
	}
	found := call(d, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{Filters: by("key-name", "renamed")})
	if *found.TotalCount != 1 || *found.KeyPairSet[0].KeyId != id {
		t.Errorf("got %+v, want %s by its new name", found, id)
	}
	call(d, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: ps(id, other)})
	if out := call(d, describeKeyPairs, sdk.DescribeKeyPairsRequestParams{}); *out.TotalCount != 0 {
		t.Errorf("got %d key pairs, want none", *out.TotalCount)
	}
}

func TestKeysAreBoundToInstancesThatStop(t *testing.T) {
	d := newDesk(t)
	first, second := d.importKey("first", rsaPublic), d.importKey("second", edPublic)
	runs, stopped, win := d.run(), d.run(), d.run(func(in *sdk.RunInstancesRequestParams) { in.ImageId = p(windows) })
	d.stop(stopped, win)
	bind := func(force bool, key string, ids ...string) sdk.AssociateInstancesKeyPairsRequestParams {
		return sdk.AssociateInstancesKeyPairsRequestParams{InstanceIds: ps(ids...), KeyIds: ps(key), ForceStop: &force}
	}
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING, associateInstancesKeyPairs, bind(false, first, stopped, runs))
	refused(d, sdk.UNSUPPORTEDOPERATION_INSTANCEOSWINDOWS, associateInstancesKeyPairs, bind(false, first, win))
	refused(d, sdk.INVALIDKEYPAIRID_NOTFOUND, associateInstancesKeyPairs, bind(true, "skey-00000000", runs))
	call(d, associateInstancesKeyPairs, bind(true, first, runs, stopped))
	refused(d, sdk.MUTEXOPERATION_TASKRUNNING, associateInstancesKeyPairs, bind(true, second, stopped))
	for _, step := range []struct {
		after         time.Duration
		first, second string
	}{
		{0, stateStopping, stateStopped}, {stopTakes, stateStarting, stateStopped}, {stopTakes + modifyTakes + startTakes, stateRunning, stateStopped},
	} {
		if one, two := d.later(step.after, runs), d.later(step.after, stopped); one.State != step.first || two.State != step.second {
			t.Errorf("after %s: got %s and %s, want %s and %s", step.after, one.State, two.State, step.first, step.second)
		}
	}
	d.Advance(time.Minute)
	call(d, associateInstancesKeyPairs, bind(true, second, runs))
	if got := d.row(runs).KeyIDs; !slices.Equal(got, []string{second}) {
		t.Errorf("got keys %v, want the new one in place of the old", got)
	}
	d.Advance(time.Minute)
	call(d, disassociateInstancesKeyPairs, sdk.DisassociateInstancesKeyPairsRequestParams{InstanceIds: ps(runs), KeyIds: ps(first, second), ForceStop: p(true)})
	if got := d.keyPair(second).AssociatedInstanceIds; len(got) != 0 {
		t.Errorf("got %v, want no instance", plain(got))
	}
	d.Advance(time.Minute)
	if got := d.row(runs); got.State != stateRunning || got.OperationState != succeeded || got.Operation != "DisassociateInstancesKeyPairs" {
		t.Errorf("got %+v, want it running again", got)
	}
	call(d, deleteKeyPairs, sdk.DeleteKeyPairsRequestParams{KeyIds: ps(second)})
}
