package sign

import "testing"

func BenchmarkCheck(b *testing.B) {
	for _, name := range []string{"go-tc3-post-DescribeInstances", "node-tc3-post-DescribeInstances", "go-hmacsha256-post-DescribeInstances"} {
		b.Run(name, func(b *testing.B) {
			r := capture(b, name)
			var checker Checker
			keys, now := keysFor(r), at(r)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := checker.Check(r, keys, now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRefusal measures what a wrong signature costs with all that is done to explain it.
func BenchmarkRefusal(b *testing.B) {
	for _, name := range []string{"go-tc3-post-DescribeInstances", "go-tc3-get-DescribeInstances", "go-hmacsha256-post-DescribeInstances"} {
		b.Run(name, func(b *testing.B) {
			r := capture(b, name)
			r.Host = "elsewhere"
			var checker Checker
			keys, now := keysFor(r), at(r)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := checker.Check(r, keys, now); err == nil {
					b.Fatal("got no error, want a refusal")
				}
			}
		})
	}
}
