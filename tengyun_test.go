package tengyun_test

import (
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun"
)

// start opens a cloud that ends with the test, and a client of its CVM.
func start(t *testing.T, o tengyun.Options) (*tengyun.Cloud, *cvm.Client) {
	t.Helper()
	cloud, err := tengyun.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cloud.Close(); err != nil {
			t.Error(err)
		}
	})
	client, err := cvm.NewClient(common.NewCredential(cloud.SecretID, cloud.SecretKey), cloud.Region, cloud.Profile())
	if err != nil {
		t.Fatal(err)
	}
	return cloud, client
}

func TestTwoCloudsStandSideBySide(t *testing.T) {
	t.Parallel()
	_, one := start(t, tengyun.Options{})
	_, other := start(t, tengyun.Options{})
	launch := cvm.NewRunInstancesRequest()
	launch.Placement = &cvm.Placement{Zone: new("ap-guangzhou-3")}
	launch.ImageId = new("img-487zeit5")
	if _, err := one.RunInstances(launch); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[*cvm.Client]int64{one: 1, other: 0} {
		got, err := name.DescribeInstancesStatus(cvm.NewDescribeInstancesStatusRequest())
		if err != nil {
			t.Fatal(err)
		}
		if *got.Response.TotalCount != want {
			t.Errorf("got %d instances, want %d", *got.Response.TotalCount, want)
		}
	}
}

func TestWhatIsMadeOutlivesTheCloud(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, client := startIn(t, tengyun.Options{Data: dir})
	launch := cvm.NewRunInstancesRequest()
	launch.Placement = &cvm.Placement{Zone: new("ap-guangzhou-3")}
	launch.ImageId = new("img-487zeit5")
	made, err := client.RunInstances(launch)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	_, client = start(t, tengyun.Options{Data: dir})
	got, err := client.DescribeInstances(cvm.NewDescribeInstancesRequest())
	if err != nil {
		t.Fatal(err)
	}
	if set := got.Response.InstanceSet; len(set) != 1 || *set[0].InstanceId != *made.Response.InstanceIdSet[0] {
		t.Errorf("got %s, want the instance %s", got.ToJsonString(), *made.Response.InstanceIdSet[0])
	}
}

func TestSeedDrawsOtherIDsOnKeptData(t *testing.T) {
	t.Parallel()
	o := tengyun.Options{Data: t.TempDir(), Seed: 7}
	drawn := map[string]bool{}
	for range 3 {
		cloud, client := startIn(t, o)
		launch := cvm.NewRunInstancesRequest()
		launch.Placement = &cvm.Placement{Zone: new("ap-guangzhou-3")}
		launch.ImageId = new("img-487zeit5")
		made, err := client.RunInstances(launch)
		if err != nil {
			t.Fatal(err)
		}
		if id := *made.Response.InstanceIdSet[0]; drawn[id] {
			t.Errorf("got %s once more, want another id", id)
		} else {
			drawn[id] = true
		}
		if err := cloud.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// startIn is start, but whoever calls it closes the cloud.
func startIn(t *testing.T, o tengyun.Options) (*tengyun.Cloud, *cvm.Client) {
	t.Helper()
	cloud, err := tengyun.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	client, err := cvm.NewClient(common.NewCredential(cloud.SecretID, cloud.SecretKey), cloud.Region, cloud.Profile())
	if err != nil {
		t.Fatal(err)
	}
	return cloud, client
}
