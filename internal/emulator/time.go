package emulator

import (
	"errors"
	"fmt"
	"time"

	"github.com/tengyun/tengyun/internal/clock"
	"github.com/tengyun/tengyun/internal/state"
)

// lastYear is how far the clock goes, which is less than a Duration can tell.
const lastYear = 2199

// lead is how far the clock is ahead of the machine's. It is kept with the rows, which would lie in the future otherwise
// when the emulator starts again.
type lead struct{ By time.Duration }

// leads has one row, in the account that is nobody's.
var leads = state.NewTable[lead]("emulator.lead")

const onlyLead = "clock"

// Advance moves the clock forward by d, for good: the machine's clock, and one that stands.
func (e *Emulator) Advance(d time.Duration) error {
	hand, ok := e.clock.(interface{ Advance(time.Duration) })
	if !ok {
		return errors.New("the clock of this emulator cannot be moved")
	}
	e.moving.Lock()
	defer e.moving.Unlock()
	if e.clock.Now().Add(d).Year() > lastYear {
		return fmt.Errorf("the clock goes no further than the year %d", lastYear)
	}
	hand.Advance(d)
	return e.keepLead()
}

// keepLead writes down how far the clock is ahead of the machine's.
func (e *Emulator) keepLead() error {
	shifted, ok := e.clock.(*clock.Shifted)
	if !ok || shifted.By() == 0 {
		return nil
	}
	return e.Store.Update(state.Scope{}, time.Time{}, func(tx *state.Tx) error {
		leads.Put(tx, onlyLead, lead{shifted.By()})
		return nil
	})
}

// resume puts the clock as far ahead as the kept rows say that it was.
func (e *Emulator) resume() error {
	shifted, ok := e.clock.(*clock.Shifted)
	if !ok {
		return nil
	}
	return e.Store.View(state.Scope{}, time.Time{}, func(tx *state.Tx) error {
		if kept, ok := leads.Get(tx, onlyLead); ok {
			shifted.Advance(kept.By)
		}
		return nil
	})
}

// Reset forgets all that was made. The clock stays where it is.
func (e *Emulator) Reset() error {
	if err := e.Store.Reset(); err != nil {
		return err
	}
	return e.keepLead()
}
