package e2e

import (
	"net/http"
	"testing"

	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
)

// statuses notes the statuses of answers on their way to a client.
type statuses struct {
	http.Transport
	seen []int
}

func (s *statuses) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := s.Transport.RoundTrip(r)
	if err == nil {
		s.seen = append(s.seen, answer.StatusCode)
	}
	return answer, err
}

// TestErrorsComeByStatus200: whether a call succeeds or is refused, HTTP has nothing to say about it.
func TestErrorsComeByStatus200(t *testing.T) {
	t.Parallel()
	r := start(t)
	client, way := r.client(t, credential()), &statuses{}
	client.WithHttpTransport(way)
	t.Cleanup(way.CloseIdleConnections)

	stop := cvm.NewStopInstancesRequest()
	stop.InstanceIds = []*string{new("ins-00000000")}
	_, err := client.StopInstances(stop)
	if got := code(t, err); got != "InvalidInstanceId.NotFound" {
		t.Errorf("got %q, want InvalidInstanceId.NotFound", got)
	}
	describe := cvm.NewDescribeInstancesRequest()
	describe.InstanceIds = stop.InstanceIds
	if _, err := client.DescribeInstances(describe); err != nil {
		t.Error(err)
	}
	if len(way.seen) != 2 || way.seen[0] != http.StatusOK || way.seen[1] != http.StatusOK {
		t.Errorf("got statuses %v, want 200 twice", way.seen)
	}
}
