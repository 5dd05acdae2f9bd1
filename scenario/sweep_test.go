package scenario_test

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
	"github.com/tengyun/tengyun/scenario"
)

// TestWhateverIsSentIsAnsweredAsDocumented sends every emulated action what no person would, a parameter at a time, in an
// account that has something of everything. Whatever the answer is, the catalog must know it, or unlisted.txt.
func TestWhateverIsSentIsAnsweredAsDocumented(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	off := map[string]bool{}
	t.Run("actions", func(t *testing.T) {
		for _, service := range emulator.Services() {
			for _, action := range service.Actions {
				t.Run(service.Name+"/"+action.Name, func(t *testing.T) {
					t.Parallel()
					found := sweep(t, actionOf(t, service.Name, action.Name))
					mu.Lock()
					defer mu.Unlock()
					maps.Copy(off, found)
				})
			}
		}
	})
	got := ""
	for _, line := range slices.Sorted(maps.Keys(off)) {
		got += line + "\n"
	}
	if *update {
		if err := os.WriteFile("unlisted.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("unlisted.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("codes off the actions' lists (-unlisted.txt +answered): answer a listed code, or take the line out:\n%s", diff)
	}
}

// sweep sends one action its bodies, and gives the codes off its list that it answers.
func sweep(t *testing.T, action *catalog.Action) map[string]bool {
	t.Helper()
	s := furnished(t)
	off := map[string]bool{}
	for _, body := range s.has.bodies(action.In) {
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		s.try(t, action, text)
		if line, is := s.last.Unlisted(action); is {
			off[line] = true
			continue // counted, and compared as a whole
		}
		if err := s.last.Check(action); err != nil {
			t.Errorf("%s: %v", short(text), err)
		}
	}
	return off
}

// furnished is a cloud in which alice has something of everything.
func furnished(t *testing.T) *furniture {
	t.Helper()
	s := &furniture{stage: newStage(), has: things{
		"Zone": "ap-guangzhou-3", "ImageId": "img-eb30mz89", "InstanceType": "S5.MEDIUM4",
		"Resource": "qcs::cvm:ap-guangzhou:uin/:instance/ins-00000000", "ResourceList": "qcs::cvm:ap-guangzhou:uin/:instance/ins-00000000",
		"ServiceType": "cvm", "ResourcePrefix": "instance", "ResourceRegion": "ap-guangzhou", "TagKey": "team", "TagValue": "web",
	}}
	if err := s.open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.make(t, "vpc", "CreateVpc", `{"VpcName":"v","CidrBlock":"10.0.0.0/16"}`, "Vpc.VpcId", "VpcId", "VpcIds")
	s.make(t, "vpc", "CreateSubnet", `{"VpcId":"`+s.has["VpcId"]+`","SubnetName":"s","CidrBlock":"10.0.1.0/24","Zone":"ap-guangzhou-3"}`,
		"Subnet.SubnetId", "SubnetId", "SubnetIds")
	s.make(t, "vpc", "CreateSecurityGroup", `{"GroupName":"g","GroupDescription":"d"}`, "SecurityGroup.SecurityGroupId", "SecurityGroupId", "SecurityGroupIds")
	s.make(t, "vpc", "AllocateAddresses", `{}`, "AddressSet.0", "AddressId", "AddressIds")
	s.make(t, "vpc", "CreateRouteTable", `{"VpcId":"`+s.has["VpcId"]+`","RouteTableName":"r"}`, "RouteTable.RouteTableId", "RouteTableId", "RouteTableIds")
	s.make(t, "vpc", "CreateNetworkInterface", `{"VpcId":"`+s.has["VpcId"]+`","SubnetId":"`+s.has["SubnetId"]+`","NetworkInterfaceName":"e"}`,
		"NetworkInterface.NetworkInterfaceId", "NetworkInterfaceId", "NetworkInterfaceIds")
	s.make(t, "cvm", "ImportKeyPair", `{"KeyName":"k","ProjectId":0,"PublicKey":"`+publicKey+`"}`, "KeyId", "KeyId", "KeyIds")
	s.make(t, "cvm", "RunInstances", `{"Placement":{"Zone":"ap-guangzhou-3"},"ImageId":"img-eb30mz89","InstanceType":"S5.MEDIUM4",
		"TagSpecification":[{"ResourceType":"instance","Tags":[{"Key":"team","Value":"web"}]}]}`, "InstanceIdSet.0", "InstanceId", "InstanceIds")
	s.make(t, "cvm", "CreateLaunchTemplate", `{"LaunchTemplateName":"lt","Placement":{"Zone":"ap-guangzhou-3"},"ImageId":"img-eb30mz89"}`,
		"LaunchTemplateId", "LaunchTemplateId", "LaunchTemplateIds")
	s.make(t, "cvm", "CreateDisasterRecoverGroup", `{"Name":"ps","Type":"HOST"}`, "DisasterRecoverGroupId", "DisasterRecoverGroupId", "DisasterRecoverGroupIds")
	s.make(t, "cvm", "CreateHpcCluster", `{"Zone":"ap-guangzhou-3","Name":"hpc"}`, "HpcClusterSet.0.HpcClusterId", "HpcClusterId", "HpcClusterIds")
	s.make(t, "cvm", "AllocateHosts", `{"Placement":{"Zone":"ap-guangzhou-3"},"HostChargePrepaid":{"Period":1}}`, "HostIdSet.0", "HostId", "HostIds")
	s.make(t, "cbs", "CreateDisks", `{"Placement":{"Zone":"ap-guangzhou-3"},"DiskType":"CLOUD_PREMIUM","DiskChargeType":"POSTPAID_BY_HOUR","DiskSize":50}`,
		"DiskIdSet.0", "DiskId", "DiskIds")
	s.make(t, "cbs", "CreateSnapshot", `{"DiskId":"`+s.has["DiskId"]+`"}`, "SnapshotId", "SnapshotId", "SnapshotIds")
	s.make(t, "cbs", "CreateAutoSnapshotPolicy", `{"Policy":[{"Hour":[3],"DayOfWeek":[1]}]}`,
		"AutoSnapshotPolicyId", "AutoSnapshotPolicyId", "AutoSnapshotPolicyIds")
	s.make(t, "tag", "AddProject", `{"ProjectName":"p"}`, "ProjectId", "ProjectId")
	s.clock.Advance(time.Hour)
	return s
}

// furniture is a stage with things on it.
type furniture struct {
	*stage
	has things
}

// make calls a create, and keeps the id at path under the names of the parameters that take it.
func (s *furniture) make(t *testing.T, product, action, body, path string, names ...string) {
	t.Helper()
	s.try(t, actionOf(t, product, action), []byte(body))
	id, err := s.last.At(path)
	if err != nil {
		t.Fatalf("%s: %s %s", action, s.last.Code, s.last.Message)
	}
	for _, name := range names {
		s.has[name] = id
	}
}

// try sends a request and takes the answer, which must be one.
func (s *stage) try(t *testing.T, action *catalog.Action, body []byte) {
	t.Helper()
	r, err := wire.NewRequest(action.Name, action.Version, s.region, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = action.Product + ".tencentcloudapi.com"
	if s.last, err = scenario.Open(s.Gateway.Do(s.account, r)); err != nil {
		t.Fatalf("%s: %v", short(body), err)
	}
	if s.last.Code == tcerr.InternalError {
		t.Fatalf("%s: %s", short(body), s.cause())
	}
}

func short(body []byte) string {
	if len(body) > 300 {
		return string(body[:300]) + "…"
	}
	return string(body)
}

// bodies are requests of one action: nothing, what is required, and that with one more parameter, each value in turn.
func (has things) bodies(in *catalog.Shape) []map[string]any {
	least := map[string]any{}
	for i := range in.Fields {
		if f := &in.Fields[i]; f.Required {
			least[f.Name] = has.plain(f, 0)
		}
	}
	all := []map[string]any{{}, least}
	for i := range in.Fields {
		f := &in.Fields[i]
		for _, v := range has.odd(f, f.Lists) {
			with := maps.Clone(least)
			with[f.Name] = v
			all = append(all, with)
		}
	}
	return all
}

// plain is an unsuspicious value.
func (has things) plain(f *catalog.Field, depth int) any {
	v := has.leaf(f, depth)
	for range f.Lists {
		v = []any{v}
	}
	return v
}

func (has things) leaf(f *catalog.Field, depth int) any {
	switch f.Kind {
	case catalog.Bool:
		return true
	case catalog.Int64, catalog.Uint64, catalog.Float, catalog.Number:
		return 1
	case catalog.Object:
		members := map[string]any{}
		for i := range f.Shape.Fields {
			if m := &f.Shape.Fields[i]; m.Required && depth < 4 {
				members[m.Name] = has.plain(m, depth+1)
			}
		}
		return members
	}
	if id, ok := has[f.Name]; ok {
		return id
	}
	return "x-00000000"
}

// things are ids and words that the furnished account has, by the names of the parameters that take them.
type things map[string]string

// odd are values that a careless or hostile caller sends for a parameter.
func (has things) odd(f *catalog.Field, lists uint8) []any {
	if lists > 0 {
		inner := has.odd(f, lists-1)
		many := slices.Repeat([]any{inner[0]}, 201)
		return append([]any{[]any{}, many}, []any{inner})
	}
	switch f.Kind {
	case catalog.Bool:
		return []any{true, false}
	case catalog.Int64:
		return []any{0, 1, -1, 101, 1 << 40, int64(math.MinInt64)}
	case catalog.Uint64:
		return []any{0, 1, 101, uint64(math.MaxUint64)}
	case catalog.Float, catalog.Number:
		return []any{0, 1.5, -1, 1e300}
	case catalog.Object:
		all := []any{map[string]any{}, has.leaf(f, 0)}
		for i := range f.Shape.Fields {
			m := &f.Shape.Fields[i]
			if m.Kind == catalog.Object {
				continue
			}
			with := has.leaf(f, 0).(map[string]any)
			for _, v := range has.odd(m, m.Lists) {
				one := maps.Clone(with)
				one[m.Name] = v
				all = append(all, one)
			}
		}
		return all
	}
	return []any{"x", "", "ins-00000000", "腾云\x00\n", "10.0.0.0/8", "2026-13-45", string(slices.Repeat([]byte("a"), 5000))}
}

// publicKey is nobody's: its other half is thrown away.
const publicKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCnUYb+1ylKtlX0jKLomupNfRLIeqxp7WsGz7IDC2EO1bbquoMjpn9WNtFvAZv6" +
	"jWjn3XBf7Rx3j8i3qEkkYdPojjUkNqnxvamkdY/yraIDnHIOC3EWh5ZnQviQ7gqk8GdTCcGZH0pkHgIyvIMJtzknEMdaSBK2+Bnv" +
	"27xvUZR1sHLoKRfv+fh84mhyBxEnKnBkzaFTn+YbDCV9N7BNDBveRj95qxZkEeCHAmFDWhW64Z8xtN7ssgWRAA9wvWi07QEyVEvq" +
	"sv7BYmvM7P2VBpESCI06xzsI3Vw/lVm2JufL9V4HVziErJrS8ysV6MUOlIDVbcmq5Xe86MhT9KS15P0F"
