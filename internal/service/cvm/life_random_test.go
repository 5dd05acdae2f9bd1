package cvm

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/tengyun/tengyun/internal/account"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/wire"
)

// TestNothingIsLeftBehindWhateverHappens lets months pass over two instances while at random they are operated, renewed,
// given back and paid in other ways, and disks, cards, addresses and tags come and go. Whatever is attached is attached to
// something that is there, at every step; in the end, nothing is.
func TestNothingIsLeftBehindWhateverHappens(t *testing.T) {
	t.Parallel()
	for seed := range uint64(32) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := newDesk(t)
			d.Settings.Speed = float64(seed % 2) // in half of the worlds, everything is done at once
			r := &roamer{desk: d, Rand: rand.New(rand.NewPCG(seed, 7))}
			r.settleIn()
			for range 80 {
				r.wait()
				r.step()
				r.check()
			}
			r.end()
		})
	}
}

// roamer does what comes to its mind.
type roamer struct {
	*desk
	*rand.Rand
	said  []string // the calls so far, for who has to find out what happened
	names map[string][]string
}

// ask calls an action of any product; what is refused is refused.
func (r *roamer) ask(s *api.Service, action, body string) (answer map[string]any) {
	r.Helper()
	for name, all := range r.names {
		body = strings.ReplaceAll(body, "$"+name, all[r.IntN(len(all))])
	}
	err := r.Do(func(c *api.Call) error {
		c.Action = action
		req, err := wire.NewRequest(action, s.Version, r.Scope.Region, []byte(body))
		if err != nil {
			return err
		}
		for i := range s.Actions {
			if s.Actions[i].Name != action {
				continue
			}
			out, err := s.Actions[i].Do(c, s, req)
			if err != nil {
				return err
			}
			return json.Unmarshal(wire.Append(nil, out), &answer)
		}
		r.Fatalf("%s has no action %s", s.Name, action)
		return nil
	})
	r.said = append(r.said, fmt.Sprintf("%s %s %s: %v", iso(r.Now.Unix()), action, body, codeIn(err)))
	return answer
}

// settleIn makes two instances and what can be attached to them.
func (r *roamer) settleIn() {
	r.names = map[string][]string{"ID": {
		r.run(months(1, renewByHand), online, stocked),
		r.run(months(2, renewByItself), stocked),
	}}
	net := r.shown(r.names["ID"][0]).VirtualPrivateCloud
	first := func(answer map[string]any, member string) string {
		if list, ok := answer[member].([]any); ok {
			return list[0].(string)
		}
		return answer[member].(map[string]any)["NetworkInterfaceId"].(string)
	}
	for _, charge := range []string{`"POSTPAID_BY_HOUR"`, `"PREPAID","DiskChargePrepaid":{"Period":3}`} {
		for range 2 {
			body := `{"Placement":{"Zone":"ap-guangzhou-3"},"DiskType":"CLOUD_PREMIUM","DiskSize":20,"DiskChargeType":` + charge + `}`
			r.names["DISK"] = append(r.names["DISK"], first(r.ask(&cbs.Service, "CreateDisks", body), "DiskIdSet"))
		}
	}
	for i := range 2 {
		r.names["EIP"] = append(r.names["EIP"], first(r.ask(&vpc.Service, "AllocateAddresses", `{}`), "AddressSet"))
		body := fmt.Sprintf(`{"VpcId":"%s","SubnetId":"%s","NetworkInterfaceName":"n%d","NetworkInterfaceDescription":""}`, *net.VpcId, *net.SubnetId, i)
		r.names["ENI"] = append(r.names["ENI"], first(r.ask(&vpc.Service, "CreateNetworkInterface", body), "NetworkInterface"))
	}
	r.Advance(time.Minute)
}

// wait lets some time pass, at times just so much that an instance has expired, and launches another one for each that is
// then no more.
func (r *roamer) wait() {
	waits := []time.Duration{0, 0, time.Second, time.Second, time.Minute, time.Hour, 24 * time.Hour, 8 * 24 * time.Hour, 25 * 24 * time.Hour}
	if i := r.row(r.names["ID"][r.IntN(len(r.names["ID"]))]); i != nil && i.Charge == prepaid {
		waits = append(waits, max(0, i.until(r.Now).Sub(r.Now)))
	}
	r.Advance(waits[r.IntN(len(waits))])
	for i, id := range r.names["ID"] {
		if r.row(id) == nil {
			r.check()
			r.names["ID"][i] = r.run(months(1, renewByHand), online, stocked)
		}
	}
}

// step does one thing.
func (r *roamer) step() {
	tagged := `{"Resource":"qcs::cvm:ap-guangzhou:uin/:instance/$ID",`
	all := []struct {
		service *api.Service
		action  string
		body    string
	}{
		{&Service, "StopInstances", `{"InstanceIds":["$ID"]}`},
		{&Service, "StartInstances", `{"InstanceIds":["$ID"]}`},
		{&Service, "RebootInstances", `{"InstanceIds":["$ID"]}`},
		{&Service, "RenewInstances", `{"InstanceIds":["$ID"],"InstanceChargePrepaid":{"Period":1}}`},
		{&Service, "RenewInstances", `{"InstanceIds":["$ID"],"InstanceChargePrepaid":{"Period":2},"RenewPortableDataDisk":false}`},
		{&Service, "TerminateInstances", `{"InstanceIds":["$ID"]}`},
		{&Service, "TerminateInstances", `{"InstanceIds":["$ID"],"ReleasePrepaidDataDisks":true}`},
		{&Service, "ModifyInstancesRenewFlag", `{"InstanceIds":["$ID"],"RenewFlag":"NOTIFY_AND_AUTO_RENEW"}`},
		{&Service, "ModifyInstancesRenewFlag", `{"InstanceIds":["$ID"],"RenewFlag":"NOTIFY_AND_MANUAL_RENEW"}`},
		{&Service, "ModifyInstancesChargeType", `{"InstanceIds":["$ID"],"InstanceChargeType":"POSTPAID_BY_HOUR"}`},
		{&Service, "ModifyInstancesChargeType", `{"InstanceIds":["$ID"],"InstanceChargeType":"PREPAID","InstanceChargePrepaid":{"Period":1},"ModifyPortableDataDisk":true}`},
		{&Service, "ResetInstancesType", `{"InstanceIds":["$ID"],"InstanceType":"S5.LARGE8","ForceStop":true}`},
		{&Service, "ModifyInstancesAttribute", `{"InstanceIds":["$ID"],"InstanceName":"x"}`},
		{&Service, "ModifyInstancesVpcAttribute", `{"InstanceIds":["$ID"],"VirtualPrivateCloud":{"VpcId":"DEFAULT","SubnetId":"DEFAULT"}}`},
		{&cbs.Service, "AttachDisks", `{"InstanceId":"$ID","DiskIds":["$DISK"]}`},
		{&cbs.Service, "AttachDisks", `{"InstanceId":"$ID","DiskIds":["$DISK"],"DeleteWithInstance":true}`},
		{&cbs.Service, "DetachDisks", `{"DiskIds":["$DISK"]}`},
		{&cbs.Service, "RenewDisk", `{"DiskId":"$DISK","DiskChargePrepaid":{"Period":1}}`},
		{&cbs.Service, "ModifyDiskAttributes", `{"DiskIds":["$DISK"],"DeleteWithInstance":true}`},
		{&cbs.Service, "ResizeDisk", `{"DiskId":"$DISK","DiskSize":40}`},
		{&vpc.Service, "AssociateAddress", `{"AddressId":"$EIP","InstanceId":"$ID"}`},
		{&vpc.Service, "DisassociateAddress", `{"AddressId":"$EIP"}`},
		{&vpc.Service, "TransformAddress", `{"InstanceId":"$ID"}`},
		{&vpc.Service, "AttachNetworkInterface", `{"NetworkInterfaceId":"$ENI","InstanceId":"$ID"}`},
		{&vpc.Service, "DetachNetworkInterface", `{"NetworkInterfaceId":"$ENI","InstanceId":"$ID"}`},
		{&tag.Service, "ModifyResourceTags", tagged + `"ReplaceTags":[{"TagKey":"k","TagValue":"v"}]}`},
		{&tag.Service, "ModifyResourceTags", tagged + `"DeleteTags":[{"TagKey":"k"},{"TagKey":"team"}]}`},
	}
	switch n := r.IntN(len(all) + 3); {
	case n < len(all):
		r.ask(all[n].service, all[n].action, all[n].body)
	case n == len(all):
		r.settle()
	default:
		r.meddle()
	}
}

// settle lets the account lose its balance, or have it again.
func (r *roamer) settle() {
	r.Helper()
	word := []account.Standing{account.Good, account.NoBalance}[r.IntN(2)]
	r.Settings.Standing = func(string) account.Standing { return word }
	r.Must(func(c *api.Call) { Settle(c) })
	r.said = append(r.said, fmt.Sprintf("%s stands %s", iso(r.Now.Unix()), word))
}

// meddle does what the cloud's own people can, where it is possible.
func (r *roamer) meddle() {
	r.Helper()
	id, deed := r.names["ID"][r.IntN(len(r.names["ID"]))], []Deed{Migrate, FailReset, Lift}[r.IntN(3)]
	err := r.Do(func(c *api.Call) error { return Act(c, id, deed) })
	if err != nil && !errors.Is(err, ErrImpossible) {
		r.Fatal(err)
	}
	r.said = append(r.said, fmt.Sprintf("%s %s %s: %v", iso(r.Now.Unix()), deed, id, err))
	if err == nil && deed == FailReset {
		r.ask(&Service, "ResetInstance", `{"InstanceId":"`+id+`"}`)
	}
}

// check holds that whatever is attached is attached to something that is there, and that an instance is whole, and not
// called expired while it has time left.
func (r *roamer) check() {
	r.Helper()
	there := map[string]bool{"": true}
	r.Must(func(c *api.Call) {
		for id, i := range instances.All(c.Tx) {
			there[id] = true
			h, isHost := host.Get(c.Tx, id)
			_, hasCard := vpc.Of(c.Tx, id)
			_, _, hasDisk := cbs.SystemOf(c.Tx, id)
			if !isHost || h.State != i.State || !hasCard || !hasDisk {
				r.complain("%s is %s: got a host %+v, a card: %v, a system disk: %v", id, i.State, h, hasCard, hasDisk)
			}
			if i.Restrict == expired && (i.Charge != prepaid || i.until(c.Now).After(c.Now)) {
				r.complain("%s is %s, paid %s until %s: got it expired", id, i.State, i.Charge, iso(i.until(c.Now).Unix()))
			}
		}
		for _, id := range r.names["ID"] {
			if !there[id] && tag.Of(c.Tx, tagged(id)) != nil {
				r.complain("%s is no more and has tags", id)
			}
		}
	})
	said := len(r.said)
	member := func(row any, path ...string) string {
		for _, p := range path {
			m, _ := row.(map[string]any)
			row = m[p]
		}
		text, _ := row.(string)
		return text
	}
	for _, list := range []struct {
		service              *api.Service
		action, body, member string
		path                 []string
	}{
		{&cbs.Service, "DescribeDisks", `{"Limit":100}`, "DiskSet", []string{"InstanceId"}},
		{&vpc.Service, "DescribeAddresses", `{"Limit":100,"Filters":[{"Name":"address-type","Values":["EIP","WanIP"]}]}`, "AddressSet", []string{"InstanceId"}},
		{&vpc.Service, "DescribeNetworkInterfaces", `{"Limit":100}`, "NetworkInterfaceSet", []string{"Attachment", "InstanceId"}},
	} {
		rows, _ := r.ask(list.service, list.action, list.body)[list.member].([]any)
		for _, row := range rows {
			if at := member(row, list.path...); !there[at] {
				r.complain("%s: got something attached to %s, which is no more: %v", list.action, at, row)
			}
		}
	}
	r.said = r.said[:said]
}

func (r *roamer) complain(format string, args ...any) {
	r.Helper()
	r.Fatalf("%s\nat %s, after\n%s", fmt.Sprintf(format, args...), iso(r.Now.Unix()), strings.Join(r.said, "\n"))
}

// end gives back what is left, but for what has expired and goes by itself, and holds that nothing is.
func (r *roamer) end() {
	for range 2 {
		for _, id := range r.names["ID"] {
			r.Advance(10 * time.Minute)
			r.ask(&Service, "TerminateInstances", `{"InstanceIds":["`+id+`"]}`)
		}
	}
	r.Advance(graced + recycled)
	r.check()
	for _, id := range r.names["ID"] {
		if r.row(id) != nil {
			r.complain("%s is still there", id)
		}
	}
}
