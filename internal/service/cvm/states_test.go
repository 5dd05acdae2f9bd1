package cvm

import (
	"slices"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/catalog"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/wire"
)

// deed is a call of an action that succeeds on an instance of a state that the action accepts.
type deed struct {
	body    string // $ID, $SG, $KEY and $PS are an instance, one of its security groups, a key pair and a placement group
	prepaid bool   // the instance has to be
	refused string // the code that answers where the state does not: no instance has what the action needs

	// The body that a state needs which is accepted only with a parameter; without one it must be refused.
	running, stopped string
}

// deeds are the actions that name instances. An action that does so and is not here fails the test.
func deeds() map[string]deed {
	forced := func(body string) deed {
		return deed{body: body + "}", running: body + `,"ForceStop":true}`}
	}
	resize := `{"InstanceId":"$ID","SystemDisk":{"DiskSize":100}`
	ids := func(more string) string { return `{"InstanceIds":["$ID"]` + more + "}" }
	return map[string]deed{
		"StartInstances":                  {body: ids("")},
		"StopInstances":                   {body: ids("")},
		"RebootInstances":                 {body: ids("")},
		"TerminateInstances":              {body: ids("")},
		"ModifyInstancesAttribute":        {body: ids(`,"InstanceName":"x"`)},
		"ModifyInstancesProject":          {body: ids(`,"ProjectId":0`)},
		"AssociateSecurityGroups":         {body: ids(`,"SecurityGroupIds":["$SG"]`)},
		"DisassociateSecurityGroups":      {body: ids(`,"SecurityGroupIds":["$SG"]`)},
		"ModifyInstancesRenewFlag":        {body: ids(`,"RenewFlag":"NOTIFY_AND_AUTO_RENEW"`), prepaid: true},
		"RenewInstances":                  {body: ids(`,"InstanceChargePrepaid":{"Period":1}`), prepaid: true},
		"ModifyInstancesChargeType":       {body: ids(`,"InstanceChargeType":"PREPAID","InstanceChargePrepaid":{"Period":1}`)},
		"ResetInstancesPassword":          forced(`{"InstanceIds":["$ID"],"Password":"Passw0rd-1"`),
		"ResetInstance":                   {body: `{"InstanceId":"$ID"}`},
		"ResetInstancesType":              forced(`{"InstanceIds":["$ID"],"InstanceType":"S5.MEDIUM8"`),
		"AssociateInstancesKeyPairs":      forced(`{"InstanceIds":["$ID"],"KeyIds":["$KEY"]`),
		"DisassociateInstancesKeyPairs":   forced(`{"InstanceIds":["$ID"],"KeyIds":["$KEY"]`),
		"CreateImage":                     {body: `{"InstanceId":"$ID","ImageName":"x"}`},
		"ModifyInstancesVpcAttribute":     {body: ids(`,"ForceStop":false,"VirtualPrivateCloud":{"VpcId":"DEFAULT","SubnetId":"DEFAULT"}`), running: ids(`,"VirtualPrivateCloud":{"VpcId":"DEFAULT","SubnetId":"DEFAULT"}`)},
		"ResizeInstanceDisks":             {body: resize + `,"ResizeOnline":true}`, running: resize + `,"ResizeOnline":true}`, stopped: resize + "}"},
		"InquiryPriceResizeInstanceDisks": {body: resize + `,"ResizeOnline":true}`, running: resize + `,"ResizeOnline":true}`, stopped: resize + "}"},

		"ResetInstancesInternetMaxBandwidth":  {body: ids(`,"InternetAccessible":{"InternetMaxBandwidthOut":9}`)},
		"ModifyInstancesDisasterRecoverGroup": {body: ids(`,"DisasterRecoverGroupId":"$PS"`)},

		"EnterRescueMode":        {body: `{"InstanceId":"$ID","Password":"Passw0rd-1"}`},
		"ExitRescueMode":         {body: `{"InstanceId":"$ID"}`},
		"ModifyInstanceDiskType": {body: `{"InstanceId":"$ID","SystemDisk":{"DiskType":"CLOUD_PREMIUM"}}`, refused: sdk.INVALIDPARAMETER_INVALIDINSTANCENOTSUPPORTED},
		"ProgramFpgaImage":       {body: `{"InstanceId":"$ID","FPGAUrl":"f-1.cos.ap-guangzhou.myqcloud.com/f"}`, refused: sdk.UNSUPPORTEDOPERATION_NOTFPGAINSTANCE},

		"DescribeInstances":                        {body: ids("")},
		"DescribeInstancesStatus":                  {body: ids("")},
		"DescribeInstancesActionTimer":             {body: ids("")},
		"DescribeInstancesModification":            {body: ids("")},
		"DescribeInstancesAttributes":              {body: ids(`,"Attributes":["UserData"]`)},
		"DescribeInstancesOperationLimit":          {body: ids(`,"Operation":"INSTANCE_DEGRADE"`)},
		"DescribeInstanceInternetBandwidthConfigs": {body: `{"InstanceId":"$ID"}`},
		"DescribeInstanceVncUrl":                   {body: `{"InstanceId":"$ID"}`},

		"InquiryPriceResetInstance":                      {body: `{"InstanceId":"$ID"}`},
		"InquiryPriceResetInstancesType":                 {body: ids(`,"InstanceType":"S5.MEDIUM8"`)},
		"InquiryPriceRenewInstances":                     {body: ids(`,"InstanceChargePrepaid":{"Period":1}`), prepaid: true},
		"InquiryPriceModifyInstancesChargeType":          {body: ids(`,"InstanceChargeType":"PREPAID","InstanceChargePrepaid":{"Period":1}`)},
		"InquiryPriceResetInstancesInternetMaxBandwidth": {body: ids(`,"InternetAccessible":{"InternetMaxBandwidthOut":9}`)},
		"InquiryPriceTerminateInstances":                 {body: ids("")},
	}
}

// stateless are the actions that name instances and do nothing to them that a state could stand against: they are held
// by tests of their own.
var stateless = []string{
	"DeleteInstancesDisasterRecoverGroups", "ImportInstancesActionTimer", "ConvertOperatingSystems", "DescribeTaskInfo", "RepairTaskControl",
}

// stateListed says whether an action's codes refuse a state. That of starting has STOPPED, the one state that can be started.
func stateListed(facts *catalog.Action, state string) bool {
	return facts.Codes != nil && facts.Allows(codeOf(state)) && !(facts.Name == "StartInstances" && state == stateStopped)
}

// allStates are those that the API documents, each with how an instance gets there by operations, where one can.
func allStates() map[string]func(d *desk, id string) {
	stop := func(d *desk, id string) {
		call(d, stopInstances, sdk.StopInstancesRequestParams{InstanceIds: ps(id)})
	}
	stopped := func(d *desk, id string) { stop(d, id); d.Advance(stopTakes) }
	return map[string]func(d *desk, id string){
		statePending: func(*desk, string) {},
		stateRunning: func(*desk, string) {},
		stateStopped: stopped, stateStopping: stop,
		stateStarting: func(d *desk, id string) {
			stopped(d, id)
			call(d, startInstances, sdk.StartInstancesRequestParams{InstanceIds: ps(id)})
		},
		stateRebooting: func(d *desk, id string) {
			call(d, rebootInstances, sdk.RebootInstancesRequestParams{InstanceIds: ps(id)})
		},
		stateTerminating: func(d *desk, id string) {
			call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
			if d.row(id).Charge == prepaid {
				d.Advance(terminateTakes)
				call(d, terminateInstances, sdk.TerminateInstancesRequestParams{InstanceIds: ps(id)})
			}
		},
		stateShutdown: nil, stateLaunchFailed: nil, stateEnterRescue: nil, stateRescue: nil, stateExitRescue: nil,
		stateEnterMigrate: func(d *desk, id string) { d.act(id, Migrate) },
		stateMigrate:      func(d *desk, id string) { d.act(id, Migrate); d.Advance(enterTakes) },
		stateExitMigrate:  func(d *desk, id string) { d.act(id, Migrate); d.Advance(enterTakes + migrateTakes) },
	}
}

// codeOf is the code that names a state: ENTER_RESCUE_MODE is UnsupportedOperation.InstanceStateEnterRescueMode.
func codeOf(state string) string {
	code := "UnsupportedOperation.InstanceState"
	for word := range strings.SplitSeq(state, "_") {
		code += word[:1] + strings.ToLower(word[1:])
	}
	return code
}

func catalogAction(t *testing.T, name string) *catalog.Action {
	t.Helper()
	product, _ := catalog.Lookup("cvm")
	v, _ := product.Version(version)
	a, ok := v.Action(name)
	if !ok {
		t.Fatalf("the catalog has no action %s", name)
	}
	return a
}

func TestEveryActionIsRefusedInTheStatesThatItsCodesName(t *testing.T) {
	t.Parallel()
	all := deeds()
	for _, action := range Service.Actions {
		facts := catalogAction(t, action.Name)
		_, many := facts.In.Field("InstanceIds")
		_, one := facts.In.Field("InstanceId")
		if !many && !one || slices.Contains(stateless, action.Name) {
			continue
		}
		does, ok := all[action.Name]
		if !ok {
			t.Errorf("%s names instances and has no deed", action.Name)
			continue
		}
		for state, reach := range allStates() {
			t.Run(action.Name+"/"+state, func(t *testing.T) {
				d := newDesk(t)
				d.holds(action, facts, does, visit{state, reach})
			})
		}
	}
}

// visit is a state and how to get there; nil where only the row can be written so.
type visit struct {
	state string
	reach func(d *desk, id string)
}

// holds does a deed to an instance in a state and holds the answer against what the action's codes say of that state.
func (d *desk) holds(action api.Action, facts *catalog.Action, does deed, v visit) {
	d.Helper()
	names := d.furnish(does.prepaid, v)
	body := map[string]string{stateRunning: does.running, stateStopped: does.stopped}[v.state]
	if stateListed(facts, v.state) {
		if body == does.body {
			return // what is refused is not this body
		}
		if got := d.do(action, names.Replace(does.body)); got != codeOf(v.state) && (body == "" || does.body != body) {
			d.Errorf("got %q, want %s", got, codeOf(v.state))
		}
		if body == "" {
			return
		}
	}
	want := []string{does.refused}
	switch {
	case v.state == stateLaunchFailed && action.Writes:
		want = []string{sdk.INVALIDINSTANCE_NOTSUPPORTED}
	case v.state == stateMigrate && action.Name == "DescribeInstanceVncUrl": // no state of its own stands against it
		want = []string{sdk.OPERATIONDENIED_INSTANCEOPERATIONINPROGRESS}
	case v.state == stateLaunchFailed:
		want = []string{"", sdk.INVALIDINSTANCE_NOTSUPPORTED}
	case v.reach != nil && v.state != stateRunning && v.state != stateStopped && action.Writes:
		want = []string{sdk.OPERATIONDENIED_INSTANCEOPERATIONINPROGRESS, sdk.MUTEXOPERATION_TASKRUNNING, sdk.INVALIDINSTANCE_NOTSUPPORTED}
	}
	if body == "" {
		body = does.body
	}
	if got := d.do(action, names.Replace(body)); !slices.Contains(want, got) {
		d.Errorf("got %q, want one of %q", got, want)
	}
}

// do runs an action by its body and gives the code that it answers, "" for success.
func (d *desk) do(action api.Action, body string) string {
	d.Helper()
	err := d.Do(func(c *api.Call) error {
		c.Action = action.Name
		r, err := wire.NewRequest(action.Name, version, d.Scope.Region, []byte(body))
		if err != nil {
			return err
		}
		_, err = action.Do(c, &Service, r)
		return err
	})
	if e := tcerr.Of(err); e != nil {
		return e.Code
	}
	if err != nil {
		d.Fatal(err)
	}
	return ""
}

// furnish makes an instance in a state, and what deeds name besides.
func (d *desk) furnish(paidAhead bool, v visit) *strings.Replacer {
	d.Helper()
	key := "skey-00000001"
	d.Must(func(c *api.Call) { keyPairs.Put(c.In(""), key, keyPair{Name: "key"}) })
	group := *call(d, createDisasterRecoverGroup, sdk.CreateDisasterRecoverGroupRequestParams{Name: p("x"), Type: p("HOST")}).DisasterRecoverGroupId
	var sg []string
	d.Must(func(c *api.Call) { sg = []string{vpc.DefaultSecurityGroup(c, "0"), vpc.DefaultSecurityGroup(c, "1")} })
	in := d.order(online, func(in *sdk.RunInstancesRequestParams) { in.SecurityGroupIds = ps(sg...) })
	if paidAhead {
		months(1, renewByHand)(&in)
	}
	id := *call(d, runInstances, in).InstanceIdSet[0]
	if v.state != statePending {
		d.Advance(launchTakes)
	}
	if v.reach != nil {
		v.reach(d, id)
	} else {
		d.Must(func(c *api.Call) {
			edit(c, c.Now, id, func(i *Instance) {
				i.State = v.state
				i.alter(func(t *traits) { t.Gone = c.Now.Add(time.Hour).Unix() })
			})
		})
	}
	if got := d.row(id).State; got != v.state {
		d.Fatalf("got an instance that is %s, want %s", got, v.state)
	}
	return strings.NewReplacer("$ID", id, "$SG", sg[1], "$KEY", key, "$PS", group)
}

// TestStatesFileIsWhatTheCatalogSays: the table of refusals and the lists of codes are two forms of one fact.
func TestStatesFileIsWhatTheCatalogSays(t *testing.T) {
	t.Parallel()
	for _, action := range Service.Actions {
		facts := catalogAction(t, action.Name)
		for state := range allStates() {
			_, refused := refusals()[action.Name][state]
			if stateListed(facts, state) != refused {
				t.Errorf("%s in %s: states.txt says %v, the codes %v", action.Name, state, refused, !refused)
			}
		}
	}
}
