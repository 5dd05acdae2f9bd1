package clock

import "time"

// beijing is where the cloud counts months, whatever the region.
var beijing = time.FixedZone("CST", 8*60*60)

// AddMonths is the instant n calendar months after t, on Beijing's calendar. A month that is too short for the day ends
// on its last: a month after 31 January is 28 February.
// Simulated: the cloud does not say what becomes of such days.
func AddMonths(t time.Time, n int) time.Time {
	at := t.In(beijing)
	first := at.AddDate(0, 0, 1-at.Day())
	last := first.AddDate(0, n+1, -1).Day()
	return first.AddDate(0, n, min(at.Day(), last)-1).UTC()
}
