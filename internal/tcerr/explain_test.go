package tcerr

import (
	"slices"
	"strings"
	"testing"
)

func TestExplainTakesTheLongestPrefix(t *testing.T) {
	t.Parallel()
	for ask, want := range map[string]string{
		"InvalidParameterValue":                 InvalidParameterValue,
		"invalidparametervalue":                 InvalidParameterValue,
		"InvalidParameterValue.Range":           InvalidParameterValue,
		"UnsupportedOperation.NotEmulated":      UnsupportedOperationNotEmulated,
		"UnsupportedOperation.NotEmulated.X":    UnsupportedOperationNotEmulated,
		"AuthFailure.SignatureFailure":          AuthFailureSignatureFailure,
		"AuthFailure.Unheard":                   "AuthFailure",
		"ResourceInsufficient.CloudDiskSoldOut": ResourceInsufficient,
	} {
		if got, ok := Explain(ask); !ok || got.Code != want {
			t.Errorf("Explain(%q): got %q, want %q", ask, got.Code, want)
		}
	}
	for _, ask := range []string{"", ".", "Invalid", "Nonsense.InternalError"} {
		if got, ok := Explain(ask); ok {
			t.Errorf("Explain(%q): got %q, want nothing", ask, got.Code)
		}
	}
}

func TestEveryCommonCodeIsExplainedInFull(t *testing.T) {
	t.Parallel()
	codes := Explained()
	if !slices.IsSortedFunc(codes, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
		t.Error("the table is not in the order of the codes")
	}
	for _, e := range explanations {
		for _, text := range []string{e.Meaning, e.Cause, e.Remedy} {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "`.") {
				t.Errorf("%s: %q is no sentence", e.Code, text)
			}
		}
	}
	for _, code := range []string{
		ActionOffline, AuthFailureInvalidAuthorization, AuthFailureInvalidSecretID, AuthFailureSecretIDNotFound,
		AuthFailureSignatureExpire, AuthFailureSignatureFailure, AuthFailureTokenFailure, AuthFailureUnauthorized,
		DryRunOperation, FailedOperation, InternalError, InvalidAction, InvalidParameter, InvalidParameterValue,
		InvalidRequest, LimitExceeded, MissingParameter, NoSuchProduct, NoSuchVersion, RequestLimitExceeded,
		RequestSizeLimitExceeded, ResourceInUse, ResourceInsufficient, ResourceNotFound, ResourceUnavailable,
		UnauthorizedOperation, UnknownParameter, UnsupportedOperation, UnsupportedOperationNotEmulated,
		UnsupportedProtocol, UnsupportedRegion,
	} {
		if !slices.Contains(codes, code) {
			t.Errorf("%s is not explained", code)
		}
	}
}
