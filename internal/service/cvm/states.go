package cvm

import (
	_ "embed"
	"strings"
	"sync"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/tcerr"
)

//go:embed states.txt
var statesText string

// refusal says how an action takes an instance in a state.
type refusal uint8

const (
	accepts refusal = iota
	refuses
	depends // on a parameter, such as ForceStop
)

// refusals is states.txt, by action and state.
var refusals = sync.OnceValue(func() map[string]map[string]refusal {
	table := map[string]map[string]refusal{}
	for line := range strings.Lines(statesText) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		table[words[0]] = map[string]refusal{}
		for _, w := range words[1:] {
			if name, maybe := strings.CutSuffix(w, "?"); maybe {
				table[words[0]][name] = depends
			} else {
				table[words[0]][w] = refuses
			}
		}
	}
	return table
})

// stateCode is the code that refuses an instance for its state.
func stateCode(name string) string {
	switch name {
	case statePending:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEPENDING
	case stateLaunchFailed:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATELAUNCHFAILED
	case stateRunning:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATERUNNING
	case stateStopped:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATESTOPPED
	case stateStarting:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATESTARTING
	case stateStopping:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATESTOPPING
	case stateRebooting:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEREBOOTING
	case stateShutdown:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATESHUTDOWN
	case stateTerminating:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATETERMINATING
	case stateEnterRescue:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEENTERRESCUEMODE
	case stateRescue:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATERESCUEMODE
	case stateExitRescue:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEEXITRESCUEMODE
	case stateEnterMigrate:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEENTERSERVICELIVEMIGRATE
	case stateMigrate:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATESERVICELIVEMIGRATE
	case stateExitMigrate:
		return sdk.UNSUPPORTEDOPERATION_INSTANCESTATEEXITSERVICELIVEMIGRATE
	}
	return sdk.INVALIDINSTANCE_NOTSUPPORTED
}

// wrongState refuses an instance for the state it is in.
func wrongState(id, name string) error {
	return tcerr.New(stateCode(name), "The instance `%s` is in the state `%s`, which does not support this operation.", id, name).
		Zh("实例 `%s` 当前状态为 `%s`，不支持该操作。")
}

// checkState refuses what the table refuses. allowed says that a parameter permits what depends on one.
func checkState(action, id string, i *Instance, allowed bool) error {
	switch refusals()[action][i.State] {
	case refuses:
		return wrongState(id, i.State)
	case depends:
		if !allowed {
			return wrongState(id, i.State)
		}
	}
	if i.State == stateLaunchFailed {
		return notSupported(id)
	}
	return nil
}

// notSupported is the general refusal of an instance that is in operation or in a special state.
func notSupported(id string) error {
	return tcerr.New(sdk.INVALIDINSTANCE_NOTSUPPORTED, "The request does not support the instances `%s` which are in operation or in a special state.", id).
		Zh("该请求不支持操作中或处于特殊状态的实例 `%s`。")
}
