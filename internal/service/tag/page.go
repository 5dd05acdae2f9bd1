package tag

import (
	"encoding/base64"
	"strconv"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/tcerr"
)

// window is a page by Offset and Limit, as answers repeat it.
type window struct{ offset, limit uint64 }

// defaultLimit is the page size of this product's older actions.
const defaultLimit = 15

// readWindow reads Offset, which must be a multiple of Limit, and Limit.
func readWindow(c *api.Call, offset, limit *uint64, absent uint64) (window, error) {
	w := window{or(offset, 0), or(limit, absent)}
	switch {
	case w.limit == 0:
		w.limit = absent
	case w.limit > maxLimit:
		return w, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, w.limit, "Limit")
	}
	if w.offset%w.limit != 0 {
		return w, tcerr.BadFieldValue(code(c, sdk.INVALIDPARAMETERVALUE_OFFSETINVALID), w.offset, "Offset")
	}
	return w, nil
}

// maxLimit is the greatest page. Source: DescribeTags.
const maxLimit = 1000

// cut is a window's part of all.
func cut[T any](w window, all []T) []T {
	from := min(w.offset, uint64(len(all)))
	return all[from:min(from+w.limit, uint64(len(all)))]
}

// turn is a page by PaginationToken and MaxResults, and the token of the next, "" after the last.
func turn[T any](token *string, results *uint64, most uint64, all []T) (part []T, next *string, err error) {
	n := or(results, 50)
	if n < 1 || n > most {
		return nil, nil, tcerr.BadFieldValue(sdk.INVALIDPARAMETER, n, "MaxResults")
	}
	from, err := readToken(or(token, ""))
	if err != nil || from > uint64(len(all)) {
		return nil, nil, tcerr.New(sdk.INVALIDPARAMETER_PAGINATIONTOKENINVALID, "The pagination token `%s` is invalid.", or(token, "")).
			Zh("分页 Token `%s` 无效。")
	}
	to := min(from+n, uint64(len(all)))
	if to == uint64(len(all)) {
		return all[from:to], p(""), nil
	}
	return all[from:to], p(writeToken(to)), nil
}

func writeToken(from uint64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("from " + strconv.FormatUint(from, 10)))
}

func readToken(token string) (from uint64, err error) {
	if token == "" {
		return 0, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < len("from ") {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseUint(string(raw[len("from "):]), 10, 64)
}
