package admin

import (
	"context"
	"log/slog"

	"github.com/tengyun/tengyun/internal/tcerr"
	"github.com/tengyun/tengyun/internal/trace"
)

// Log gives an observer of answered requests that writes them to log: our own faults as errors, whatever else at
// debug level. Parameters are not logged: they may hold secrets, and the trace has them.
func Log(log *slog.Logger) func(*trace.Record) {
	return func(r *trace.Record) {
		level := slog.LevelDebug
		if r.Code == tcerr.InternalError {
			level = slog.LevelError
		}
		ctx := context.Background()
		if !log.Enabled(ctx, level) {
			return
		}
		log.LogAttrs(ctx, level, "request", slog.String("requestId", r.RequestID), slog.String("product", r.Product),
			slog.String("action", r.Action), slog.String("region", r.Region), slog.String("uin", r.Uin),
			slog.String("code", r.Code), slog.String("cause", r.Cause), slog.Duration("took", r.Duration))
	}
}
