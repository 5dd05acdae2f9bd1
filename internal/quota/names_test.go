package quota

import "testing"

func TestNamesOfRulesAreChecked(t *testing.T) {
	t.Parallel()
	for name, good := range map[string]bool{
		"cvm.RunInstances": true, "vpc.DescribeVpcs": true,
		"RunInstances": false, "cvm.runInstances": false, "nonsense.RunInstances": false, "": false,
	} {
		if err := CheckAction(name); (err == nil) != good {
			t.Errorf("CheckAction(%q): got %v, want good = %t", name, err, good)
		}
	}
	if err := PostpaidInstances.Check(); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	if err := Limit("cvm.instances").Check(); err == nil {
		t.Error("got nil, want the name refused")
	}
}
