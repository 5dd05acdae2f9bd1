package vpc

import "time"

// How long things take in the cloud. Simulated: the cloud documents none of them; these are what its users observe.
const (
	cardTakes      = time.Second     // a network card is made, attached, detached or given an address
	addressTakes   = time.Second     // an elastic address is made, bound, unbound or released
	gatewayTakes   = 3 * time.Second // a NAT gateway is made or deleted
	taskRemembered = 24 * time.Hour  // how long the outcome of an asynchronous write can be asked for
)
