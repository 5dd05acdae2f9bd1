package catalog

// NewShape makes a Shape of fields in the order given.
func NewShape(name string, fields ...Field) *Shape {
	s := &Shape{Name: name, Fields: fields, byName: make(map[string]int, len(fields))}
	for i, f := range fields {
		s.byName[f.Name] = i
	}
	return s
}
