package api

import (
	"strconv"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Rules are the bounds of a Describe and the codes by which its product refuses what lies beyond. A bound of 0 is none.
type Rules struct {
	MaxIDs, MaxFilters, MaxValues, DefaultLimit, MaxLimit int

	TooManyIDs, TooManyFilters, UnknownFilter, Both, BadOffset, BadLimit string
}

// Check refuses asks beyond the rules, and reads the page that is asked for. known says which filters there are.
func (r *Rules) Check(ask Ask, known func(filter string) bool) (offset, limit int, err error) {
	switch {
	case r.Both != "" && len(ask.IDs) > 0 && len(ask.Filters) > 0:
		err = tcerr.New(r.Both, "The parameter `Filters` can not be specified together with ids.").Zh("参数 `Filters` 不能与 ID 列表同时指定。")
	case r.MaxIDs > 0 && len(ask.IDs) > r.MaxIDs:
		err = tcerr.New(r.TooManyIDs, "The number of ids `%d` exceeds the limit `%d`.", len(ask.IDs), r.MaxIDs).Zh("ID 数量 `%d` 超过上限 `%d`。")
	case r.MaxFilters > 0 && len(ask.Filters) > r.MaxFilters:
		err = tcerr.New(r.TooManyFilters, "The number of filters `%d` exceeds the limit `%d`.", len(ask.Filters), r.MaxFilters).Zh("过滤条件数量 `%d` 超过上限 `%d`。")
	default:
		err = r.checkFilters(ask.Filters, known)
	}
	if err != nil {
		return 0, 0, err
	}
	return r.window(ask)
}

func (r *Rules) checkFilters(filters []Filter, known func(string) bool) error {
	for _, f := range filters {
		if !known(f.Name) {
			return tcerr.New(r.UnknownFilter, "The specified filter `%s` is invalid.", f.Name).Zh("过滤条件 `%s` 不合法。")
		}
		if r.MaxValues > 0 && len(f.Values) > r.MaxValues {
			return tcerr.New(r.TooManyFilters, "The number of values `%d` of the filter `%s` exceeds the limit `%d`.", len(f.Values), f.Name, r.MaxValues).
				Zh("取值数量 `%d` 超过过滤条件 `%s` 的上限 `%d`。")
		}
	}
	return nil
}

// window reads offset and limit. Several ids without a limit are all meant.
func (r *Rules) window(ask Ask) (offset, limit int, err error) {
	if offset, err = number(ask.Offset, 0); err != nil || offset < 0 {
		return 0, 0, tcerr.BadFieldValue(r.BadOffset, text(ask.Offset), "Offset")
	}
	if limit, err = number(ask.Limit, r.DefaultLimit); err != nil || limit < 1 || limit > r.MaxLimit {
		return 0, 0, tcerr.BadFieldValue(r.BadLimit, text(ask.Limit), "Limit")
	}
	if len(ask.IDs) > limit && text(ask.Limit) == "" {
		limit = len(ask.IDs)
	}
	return offset, limit, nil
}

// number reads an optional number, which some products send as a string.
func number(v any, absent int) (int, error) {
	s := text(v)
	if s == "" {
		return absent, nil
	}
	return strconv.Atoi(s)
}

func text(v any) string {
	switch p := v.(type) {
	case *int64:
		if p != nil {
			return strconv.FormatInt(*p, 10)
		}
	case *uint64:
		if p != nil {
			return strconv.FormatUint(*p, 10)
		}
	case *string:
		if p != nil {
			return *p
		}
	}
	return ""
}
