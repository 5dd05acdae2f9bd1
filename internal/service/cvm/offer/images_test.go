package offer_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
	"github.com/tengyun/tengyun/internal/tcerr"
)

func TestImagesAreWellFormed(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^img-[0-9a-z]{8}$`)
	seen := make(map[string]bool)
	offered := true
	for _, i := range offer.Images() {
		if seen[i.ID] || !id.MatchString(i.ID) {
			t.Errorf("id %q: there twice, or malformed", i.ID)
		}
		seen[i.ID] = true
		if i.Offered && !offered {
			t.Errorf("%s is offered, but stands behind those that are not", i.ID)
		}
		offered = i.Offered
		if _, err := time.Parse(time.RFC3339, i.Created); err != nil || i.Size < 20 || i.Title(tcerr.English) == "" ||
			i.Arch != offer.X86 && i.Arch != offer.ARM {
			t.Errorf("%s: got %+v (%v)", i.ID, *i, err)
		}
		if found, ok := offer.FindImage(i.ID); !ok || found != i {
			t.Errorf("FindImage(%s): got %v, %v", i.ID, found, ok)
		}
	}
}

// The first page has twenty images. Terraform looks no further for the image of an instance.
func TestTheFirstPageHasWhatClientsCountOn(t *testing.T) {
	t.Parallel()
	page := offer.Images()[:20]
	for _, want := range []string{
		"img-6n21msk1", "img-9qrfy1xt", "img-2lr9q49h", "img-eb30mz89", "img-l8og963d", "img-l7uxaine", "img-487zeit5", "img-22trbn9x",
	} {
		if !slices.ContainsFunc(page, func(i *offer.Image) bool { return i.ID == want && i.Offered }) {
			t.Errorf("%s is not on the first page", want)
		}
	}
	for _, want := range []string{`Final`, `^TencentOS Server 3.2 \(Final\)$`, `^CentOS\s+7\.5\s+64\w*`, `Ubuntu Server 22.04`, `^Windows`} {
		for _, l := range []tcerr.Language{tcerr.Chinese, tcerr.English} {
			name := regexp.MustCompile(want)
			if !slices.ContainsFunc(page, func(i *offer.Image) bool { return name.MatchString(i.Title(l)) }) {
				t.Errorf("no image on the first page is called %s in %s", want, l)
			}
		}
	}
}

func TestImagesThatAreNoLongerOfferedAreKnown(t *testing.T) {
	t.Parallel()
	i, ok := offer.FindImage("img-6ns5om13")
	if !ok || i.Offered {
		t.Fatalf("CentOS 6.8: got %v, %v, want an image that is not offered", i, ok)
	}
	if zh, en := i.Title(tcerr.Chinese), i.Title(tcerr.English); zh != "CentOS 6.8 64位" || en != "CentOS 6.8 64bit" {
		t.Errorf("got %q, %q", zh, en)
	}
	if _, ok := offer.FindImage("img-00000000"); ok {
		t.Error("an unknown id was found")
	}
}

func TestLogin(t *testing.T) {
	t.Parallel()
	type login struct {
		user string
		port int64
	}
	for id, want := range map[string]login{
		"img-487zeit5": {"ubuntu", 22},
		"img-l8og963d": {"root", 22},
		"img-mmy6qctz": {"Administrator", 3389},
	} {
		i, _ := offer.FindImage(id)
		user, port := i.Login()
		if diff := cmp.Diff(want, login{user, port}, cmp.AllowUnexported(login{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", id, diff)
		}
	}
}
