package emulator

import (
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cbs"
	"github.com/tengyun/tengyun/internal/service/cvm"
)

// Services is every product that is emulated, one line each.
func Services() []api.Service {
	return []api.Service{
		cvm.Service,
		cbs.Service,
	}
}
