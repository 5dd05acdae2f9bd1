package quota

// Held is how many keys are counted at the moment.
func (r *Rates) Held() int {
	n := 0
	for i := range r.shards {
		n += len(r.shards[i].counts)
	}
	return n
}
