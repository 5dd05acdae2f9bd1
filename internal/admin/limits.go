package admin

import (
	"errors"
	"maps"
	"net/http"

	"github.com/tengyun/tengyun/internal/quota"
)

// rates is what GET and PUT limits say of request rates.
type rates struct {
	On      *bool          `json:"on,omitempty"`
	Actions map[string]int `json:"actions"` // calls a second by "cvm.RunInstances", where they differ from the cloud's; 0 is no limit
}

// quotaNow is one quota of an account as it stands.
type quotaNow struct {
	Value   int    `json:"value"`
	Default int    `json:"default"`
	Of      string `json:"of"`
}

func (c *Control) limits(w http.ResponseWriter, r *http.Request) {
	rules := c.Rates.Rules()
	on := !rules.Off
	if rules.Actions == nil {
		rules.Actions = map[string]int{}
	}
	accounts := map[string]map[quota.Limit]int{}
	if c.Quotas != nil {
		accounts = c.Quotas()
	}
	changed := accounts[""]
	delete(accounts, "")
	quotas := map[quota.Limit]quotaNow{}
	for _, l := range quota.Limits() {
		fact, _ := l.Fact()
		value, ok := changed[l]
		if !ok {
			value = fact.Default
		}
		quotas[l] = quotaNow{value, fact.Default, fact.Of}
	}
	answer(w, map[string]any{"rates": rates{&on, rules.Actions}, "quotas": quotas, "accounts": accounts})
}

// setLimits changes what the body names and leaves the rest: {"rates":{"on":false,"actions":{"cvm.RunInstances":5}},
// "quotas":{"cvm.key-pairs":3},"accounts":{"100000000002":{"cvm.key-pairs":5}}}. What stands under an account is of that
// account alone, before all others' numbers. An action set to null follows the cloud again.
func (c *Control) setLimits(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Rates struct {
			On      *bool           `json:"on"`
			Actions map[string]*int `json:"actions"`
		} `json:"rates"`
		Quotas   map[quota.Limit]int            `json:"quotas"`
		Accounts map[string]map[quota.Limit]int `json:"accounts"` // by OwnerUin
	}
	if err := read(w, r, &body); err != nil {
		refuse(w, http.StatusBadRequest, "read the limits: "+err.Error())
		return
	}
	rules, err := changedRules(c.Rates.Rules(), body.Rates.On, body.Rates.Actions)
	if err == nil {
		err = c.checkQuotas(body.Quotas)
	}
	for uin, quotas := range body.Accounts {
		if err == nil {
			err = errors.Join(checkUin(uin), c.checkQuotas(quotas))
		}
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	if body.Accounts == nil {
		body.Accounts = map[string]map[quota.Limit]int{}
	}
	body.Accounts[""] = body.Quotas
	for uin, quotas := range body.Accounts {
		if len(quotas) == 0 {
			continue
		}
		if err := c.SetQuotas(uin, quotas); err != nil {
			refuse(w, http.StatusInternalServerError, err.Error())
			return
		}
	}
	c.Rates.Set(rules)
	c.limits(w, r)
}

func changedRules(rules quota.Rules, on *bool, actions map[string]*int) (quota.Rules, error) {
	if on != nil {
		rules.Off = !*on
	}
	rules.Actions = maps.Clone(rules.Actions)
	for name, n := range actions {
		if err := quota.CheckAction(name); err != nil {
			return rules, err
		}
		if n == nil {
			delete(rules.Actions, name)
			continue
		}
		if *n < 0 {
			return rules, errors.New(name + ": a rate is 0 (no limit) or more")
		}
		if rules.Actions == nil {
			rules.Actions = map[string]int{}
		}
		rules.Actions[name] = *n
	}
	return rules, nil
}

func (c *Control) checkQuotas(quotas map[quota.Limit]int) error {
	if len(quotas) > 0 && c.SetQuotas == nil {
		return errors.New("quotas of this emulator cannot be changed")
	}
	for l, n := range quotas {
		if err := l.Check(); err != nil {
			return err
		}
		if n < 0 {
			return errors.New(string(l) + ": a quota is 0 or more")
		}
	}
	return nil
}
