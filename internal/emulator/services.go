package emulator

import (
	"github.com/tengyun/tengyun/internal/api"
	product "github.com/tengyun/tengyun/internal/service/api"
	"github.com/tengyun/tengyun/internal/service/cam"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm"
	"github.com/tengyun/tengyun/internal/service/region"
	"github.com/tengyun/tengyun/internal/service/sts"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/service/vpc"
)

// Services is every product that is emulated, one line each.
func Services() []api.Service {
	return []api.Service{
		cvm.Service,
		vpc.Service,
		cbs.Service,
		tag.Service,
		cam.Service,
		sts.Service,
		region.Service,
		product.Service,
	}
}
