package cvm

import (
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

	// Those of one that the cloud moves while it works.
	stateEnterMigrate = "ENTER_SERVICE_LIVE_MIGRATE"
	stateMigrate      = "SERVICE_LIVE_MIGRATE"
	stateExitMigrate  = "EXIT_SERVICE_LIVE_MIGRATE"
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
	State string // first, as the fact that is asked for most: it lies beside what every look at the row touches

	Name, Type, Zone string
	VpcID, SubnetID  string
	ProjectID        int64
	ImageID, OSName  string
	Windows          bool
	Protected        bool   // DisableApiTermination
	User             string // DefaultLoginUser
	Uuid             uuid
	HostName         string
	KeyIDs           []string
	GroupIDs         []string

	InternetCharge string // and Bandwidth in Mbps: as asked for, shown while there is no public address that says its own
	Bandwidth      int

	Charge  string
	Renew   string // RenewFlag, of prepaid ones
	Created int64  // UNIX seconds
	Expires int64  // UNIX seconds, of prepaid ones; as bought, before any automatic renewal
	Doom    int64  // UNIX seconds: when an action timer, or the cloud, terminates it; 0 for never

	Restrict     string
	Isolated     string // IsolatedSource
	StopCharging string // StopChargingMode, while it is stopped

	Operation        string // LatestOperation, its state and request
	OperationState   string
	OperationRequest string

	More *traits `json:",omitempty"` // what few instances have; nil for none
}

// traits are what few instances have. A stored value is replaced, never changed.
type traits struct {
	UserData     string // base64, as given
	CamRole      string
	HpcClusterID string
	HostID       string
	Partition    int64  // of its placement group; 0 where that has none
	MaxPrice     string // of spot ones
	Topology     *topology
	Gateway      bool          // AsVpcGateway
	Wan          *vpc.Internet // of the public address that a stop without charge took away, to be given back
	Gone         int64         // UNIX seconds: when one in the recycle bin, or that could not be launched, is no more; 0 for others
	Was          string        // in which state it was before it went there; "" for others
	Owed         int64         // UNIX seconds: since when its account has no balance left; 0 while it has
	Downgrades   int           // how often it became a cheaper type while prepaid
	Hold         string        // what the cloud's own people, or a failed reinstallation, hold it by; "" for nothing
	ResetFails   bool          // the next reinstallation fails

	OperationError string // LatestOperationErrorMsg
}

// traits is More, or none of it.
func (i *Instance) traits() traits {
	if i.More == nil {
		return traits{}
	}
	return *i.More
}

// alter replaces More by a changed copy.
func (i *Instance) alter(f func(*traits)) {
	t := i.traits()
	f(&t)
	if i.More = &t; t == (traits{}) {
		i.More = nil
	}
}

type topology struct{ CoreCount, ThreadPerCore int64 }

var instances = state.NewTable("cvm.instance",
	state.By("vpc", func(_ string, i *Instance) []string { return []string{i.VpcID} }),
	state.By("subnet", func(_ string, i *Instance) []string { return []string{i.SubnetID} }),
	state.By("quota", func(_ string, i *Instance) []string {
		if i.Charge != postpaid && i.Charge != spotpaid { // prepaid ones are counted as they are bought
			return nil
		}
		return []string{i.Zone + "/" + i.Charge}
	}),
	state.By("zone", func(_ string, i *Instance) []string { return []string{i.Zone} }),
	state.By("state", func(_ string, i *Instance) []string { return []string{i.State} }),
	state.By("key", func(_ string, i *Instance) []string { return i.KeyIDs }),
	state.By("group", func(_ string, i *Instance) []string { return i.GroupIDs }),
	state.By("host", func(_ string, i *Instance) []string { return some(i.traits().HostID) }),
	state.By("hpc", func(_ string, i *Instance) []string { return some(i.traits().HpcClusterID) }),
)

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}
