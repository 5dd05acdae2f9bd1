package gateway_test

import (
	"errors"
	"testing"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func TestSlowWorkIsDoneWhileOthersWriteToTheAccount(t *testing.T) {
	t.Parallel()
	g := hallway(t)
	works := 0
	slow := func(c *api.Call, in *sdk.CreateKeyPairRequestParams) (*sdk.CreateKeyPairResponseParams, error) {
		notes.Put(c.Tx, *in.KeyName, note{"before"})
		if *in.KeyName == "refused" {
			return nil, tcerr.New(sdk.INVALIDKEYPAIRNAME_DUPLICATE, "refused")
		}
		word, err := api.DoAside(c, func() (string, error) {
			works++
			if *in.KeyName == "broken" {
				return "", errors.New("broken")
			}
			do(t, g, "RebootInstances", `{"InstanceIds":["ins-1"]}`) // would wait for ever for this account
			return "made aside", nil
		})
		return &sdk.CreateKeyPairResponseParams{KeyPair: &sdk.KeyPair{Description: &word}}, err
	}
	reboot := func(c *api.Call, _ *sdk.RebootInstancesRequestParams) (*sdk.RebootInstancesResponseParams, error) {
		notes.Put(c.Tx, "meanwhile", note{"here"})
		return &sdk.RebootInstancesResponseParams{}, nil
	}
	count := 0
	regions := func(c *api.Call, _ *sdk.DescribeRegionsRequestParams) (*sdk.DescribeRegionsResponseParams, error) {
		count = notes.Len(c.In("ap-guangzhou"))
		return &sdk.DescribeRegionsResponseParams{}, nil
	}
	g.Serve(api.Service{
		Name: "cvm", Version: "2017-03-12", NoRegion: []string{"DescribeRegions"},
		Actions: []api.Action{api.Write(slow), api.Write(reboot), api.Read(regions)},
	})
	for _, row := range []struct {
		name, want   string
		works, notes int
	}{
		{"refused", sdk.INVALIDKEYPAIRNAME_DUPLICATE, 0, 0},
		{"broken", tcerr.InternalError, 1, 0},
		{"mine", "", 2, 2},
	} {
		if got := do(t, g, "CreateKeyPair", `{"KeyName":"`+row.name+`","ProjectId":0}`).code(); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
		do(t, g, "DescribeRegions", `{}`)
		if works != row.works || count != row.notes {
			t.Errorf("%s: got %d works and %d rows, want %d and %d", row.name, works, count, row.works, row.notes)
		}
	}
}
