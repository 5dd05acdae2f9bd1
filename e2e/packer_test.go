package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/emulator"
	"github.com/tengyun/tengyun/internal/front"
)

// template builds an image of an instance in a network of its own, which Packer makes and takes away.
const template = `{"builders": [{
  "type": "tencentcloud-cvm", "secret_id": "` + secretID + `", "secret_key": "` + secretKey + `",
  "region": "ap-guangzhou", "zone": "ap-guangzhou-3", "instance_type": "S5.MEDIUM2", "source_image_id": "img-487zeit5",
  "disk_type": "CLOUD_PREMIUM", "image_name": "packed", "image_description": "made by packer", "communicator": "none",
  "ssh_username": "ubuntu", "run_tags": {"made-by": "packer"}
}]}`

// TestPackerBuildsAnImage runs Debian's packer, as it is, with the builder that is compiled into it.
func TestPackerBuildsAnImage(t *testing.T) {
	t.Parallel()
	packer, err := exec.LookPath("packer")
	if err != nil {
		if os.Getenv("TENGYUN_CLIENTS") == "all" {
			t.Fatal("packer is not installed: make packer")
		}
		t.Skip("packer is not installed: make packer")
	}
	r := start(t, func(o *emulator.Options, _ *front.Door) { o.Speed = 0 })
	dir := t.TempDir()
	file := filepath.Join(dir, "image.json")
	if err := os.WriteFile(file, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), packer, "build", "-color=false", file)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "CHECKPOINT_DISABLE=1",
		"HTTPS_PROXY=http://" + r.address, "SSL_CERT_FILE=" + r.caFile(t),
	}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Tencentcloud images(ap-guangzhou: img-") {
		t.Fatalf("packer build: %v\n%s", err, out)
	}
	checkPacked(t, r)
}

// checkPacked looks at what Packer has left: the image, and nothing else.
func checkPacked(t *testing.T, r *running) {
	t.Helper()
	client := r.client(t, common.NewCredential(secretID, secretKey))
	ask := cvm.NewDescribeImagesRequest()
	ask.Filters = []*cvm.Filter{{Name: new("image-type"), Values: []*string{new("PRIVATE_IMAGE")}}}
	images, err := client.DescribeImages(ask)
	if err != nil {
		t.Fatal(err)
	}
	if set := images.Response.ImageSet; len(set) != 1 || *set[0].ImageName != "packed" || *set[0].ImageState != "NORMAL" {
		t.Errorf("got images %s, want the one that was packed", images.ToJsonString())
	}
	instances, err := client.DescribeInstancesStatus(cvm.NewDescribeInstancesStatusRequest())
	if err != nil {
		t.Fatal(err)
	}
	if n := *instances.Response.TotalCount; n != 0 {
		t.Errorf("got %d instances left behind", n)
	}
}
