package cvm

import (
	"time"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/host"
	"github.com/tengyun/tengyun/internal/service/vpc"
	"github.com/tengyun/tengyun/internal/state"
)

// States of an instance, as InstanceState names them.
const (
	statePending      = "PENDING"
	stateLaunchFailed = "LAUNCH_FAILED"
	stateRunning      = "RUNNING"
	stateStopped      = "STOPPED"
	stateStarting     = "STARTING"
	stateStopping     = "STOPPING"
	stateRebooting    = "REBOOTING"
	stateShutdown     = "SHUTDOWN"
	stateTerminating  = "TERMINATING"
	stateEnterRescue  = "ENTER_RESCUE_MODE"
	stateRescue       = "RESCUE_MODE"
	stateExitRescue   = "EXIT_RESCUE_MODE"
)

// Outcomes of an instance's last operation, as LatestOperationState names them.
const (
	operating = "OPERATING"
	succeeded = "SUCCESS"
	failed    = "FAILED"
)

// Ways to pay for an instance.
const (
	prepaid  = "PREPAID"
	postpaid = "POSTPAID_BY_HOUR"
	spotpaid = "SPOTPAID"
	cdhpaid  = "CDHPAID"
)

// Instance is one instance's own facts. What stands elsewhere (network, disks, tags) is not repeated here, and what
// follows from type and image is looked up: a million of these must fit in memory.
type Instance struct {
	Name, Type, Zone string
	VpcID, SubnetID  string
	ProjectID        int64
	ImageID, OSName  string
	Windows          bool
	User             string // DefaultLoginUser
	Uuid             string
	HostName         string
	UserData         string // base64, as given
	KeyIDs           []string
	CamRole          string
	Protected        bool // DisableApiTermination
	GroupIDs         []string
	HpcClusterID     string
	HostID           string
	License          string
	Topology         *topology

	InternetCharge string // and Bandwidth in Mbps: as asked for, shown while there is no public address that says its own
	Bandwidth      int

	Charge   string
	Renew    string // RenewFlag, of prepaid ones
	Created  int64  // UNIX seconds
	Expires  int64  // UNIX seconds, of prepaid ones
	MaxPrice string // of spot ones

	State        string
	Restrict     string
	Isolated     string        // IsolatedSource
	StopCharging string        // StopChargingMode
	Wan          *vpc.Internet // of the public address that a stop without charge took away, to be given back

	Operation        string // LatestOperation and its state, request and message
	OperationState   string
	OperationRequest string
	OperationError   string
}

type topology struct{ CoreCount, ThreadPerCore int64 }

var instances = state.NewTable("cvm.instance",
	state.By("vpc", func(_ string, i *Instance) []string { return []string{i.VpcID} }),
	state.By("subnet", func(_ string, i *Instance) []string { return []string{i.SubnetID} }),
	state.By("quota", func(_ string, i *Instance) []string { return []string{i.Zone + "/" + i.Charge} }),
	state.By("zone", func(_ string, i *Instance) []string { return []string{i.Zone} }),
	state.By("state", func(_ string, i *Instance) []string { return []string{i.State} }),
	state.By("key", func(_ string, i *Instance) []string { return i.KeyIDs }),
	state.By("group", func(_ string, i *Instance) []string { return i.GroupIDs }),
	state.By("hpc", func(_ string, i *Instance) []string { return some(i.HpcClusterID) }),
)

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// operate starts the call's operation on an instance: from now on it is in state during ("" leaves it as it is) and
// OPERATING, and at done the operation has succeeded and f, which may be nil, has its effect.
func operate(c *api.Call, id, during string, done time.Time, f func(*Instance)) {
	begin(c, id, during)
	finish(c, id, done, f)
}

func begin(c *api.Call, id, during string) {
	edit(c, c.Now, id, func(i *Instance) {
		i.Operation, i.OperationState, i.OperationRequest, i.OperationError = c.Action, operating, c.RequestID, ""
		if during != "" {
			i.State = during
		}
	})
}

func finish(c *api.Call, id string, done time.Time, f func(*Instance)) {
	edit(c, done, id, func(i *Instance) {
		i.OperationState = succeeded
		if f != nil {
			f(i)
		}
	})
}

// cycle is operate for what needs the instance to be off: one that runs is stopped and started again.
func cycle(c *api.Call, t target, f func(*Instance)) {
	if t.State != stateRunning {
		operate(c, t.id, "", c.After(modifyTakes), f)
		return
	}
	begin(c, t.id, stateStopping)
	edit(c, c.After(stopTakes), t.id, func(i *Instance) { i.State = stateStarting })
	finish(c, t.id, c.After(stopTakes+modifyTakes+startTakes), func(i *Instance) {
		i.State = stateRunning
		if f != nil {
			f(i)
		}
	})
}

// succeed records an operation that is over at once.
func succeed(c *api.Call, id string, f func(*Instance)) { operate(c, id, "", c.Now, f) }

// edit changes an instance, and the host that others see, from instant at on.
func edit(c *api.Call, at time.Time, id string, f func(*Instance)) {
	var seen []host.Host // one for each version, of which the host has the same, since it is always edited along
	instances.Edit(c.Tx, at, id, func(i *Instance) {
		f(i)
		seen = append(seen, i.host())
	})
	host.Edit(c.Tx, at, id, func(h *host.Host) { *h, seen = seen[0], seen[1:] })
}

// vanish ends an instance at instant at.
func vanish(c *api.Call, at time.Time, id string) {
	instances.Delete(c.Tx, at, id)
	host.Delete(c.Tx, at, id)
}
