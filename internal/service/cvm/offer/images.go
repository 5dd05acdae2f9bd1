package offer

import (
	_ "embed"
	"slices"
	"sync"

	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/tsv"
)

// Windows is the platform of images that are logged into by other means than the rest.
const Windows = "Windows"

// Image is a public image: the same in every region, with support of cloud-init. It is shared and must not be changed.
type Image struct {
	ID       string // "img-487zeit5"
	Platform string // "Ubuntu"
	Arch     string
	Size     int64  // GB, the least that a system disk made from it has
	Created  string // "2022-06-01T00:00:00Z"
	Family   string // image family; mostly empty
	Offered  bool   // DescribeImages lists it; others are known by their id alone

	chinese, english string
}

// Title is both ImageName and OsName: "CentOS 7.5 64位", "CentOS 7.5 64bit".
func (i *Image) Title(l tcerr.Language) string {
	if l == tcerr.Chinese {
		return i.chinese
	}
	return i.english
}

// Login is the user who logs into an instance made from the image, and the port.
func (i *Image) Login() (user string, port int64) { return Login(i.Platform) }

// Login is the user who logs into an instance of a platform, and the port.
func Login(platform string) (user string, port int64) {
	switch platform {
	case Windows:
		return "Administrator", 3389
	case "Ubuntu":
		return "ubuntu", 22
	}
	return "root", 22
}

// Images are all public images, in the order of DescribeImages, then those that it does not list.
func Images() []*Image { return slices.Clone(gallery().images) }

// FindImage is the public image of an id.
func FindImage(id string) (*Image, bool) {
	i, ok := gallery().byID[id]
	return i, ok
}

//go:embed images.tsv
var imagesTable string

type pictures struct {
	images []*Image
	byID   map[string]*Image
}

var gallery = sync.OnceValue(func() *pictures {
	p := &pictures{byID: make(map[string]*Image)}
	for c := range tsv.Rows(imagesTable, 9) {
		i := &Image{
			ID: c[0], Platform: c[1], Arch: c[2], Size: tsv.Int(c[3]), Created: c[4], Family: tsv.Text(c[5]),
			Offered: c[6] == "offered", chinese: c[7], english: c[8],
		}
		p.images = append(p.images, i)
		p.byID[i.ID] = i
	}
	return p
})
