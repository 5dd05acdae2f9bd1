package tcerr

import "strings"

// ExplainForm says what a product's own code means by the words in it, where Explain knows neither the code nor a
// prefix: "InvalidInstanceId.NotFound" ends as all codes do that tell of something missing. The words say nothing of
// whether there is such a code.
func ExplainForm(code string) (Explanation, bool) {
	for _, f := range forms {
		for word := range strings.FieldsSeq(f.words) {
			if strings.Contains(code, word) {
				e := f.Explanation
				e.Code = code
				return e, true
			}
		}
	}
	return Explanation{}, false
}

// form is what codes with any of some words mean.
type form struct {
	words string
	Explanation
}

// forms are tried in this order, as several have words in one code.
var forms = []form{
	{"NotFound", Explanation{
		Meaning: "What the request names is not there.",
		Cause:   "An id that is mistyped, that belongs to another region or account, or whose resource is already gone.",
		Remedy:  "List what is there by the Describe action of that resource, in the request's region.",
	}},
	{"NotSupport Unsupported NotPermit NotAllowed NotPortable TypeError Restrictions InvalidPermission", Explanation{
		Meaning: "What the request names cannot be used in this way.",
		Cause:   "Its type, its kind or its account is one for which the operation does not exist.",
		Remedy:  "Look at the resource by its Describe action, and at what the operation asks of it.",
	}},
	{"Malformed TooLong Empty IllegalChar InvalidParameter InvalidFilter InvalidPeriod InvalidPassword NotInSubNet YourSelf", Explanation{
		Meaning: "A value does not have the form, or does not lie within the bounds, that the action asks for.",
		Cause:   "An id with another prefix or length, a name of wrong length or characters, or values that exclude each other.",
		Remedy:  "Compare the value that the message names with the action's documentation.",
	}},
	{"Duplicate Already IsUsed InShared", Explanation{
		Meaning: "Something has that name, address or binding already.",
		Cause:   "A request that was sent twice, or a name or address that another resource has.",
		Remedy:  "Choose another, or release the one that has it.",
	}},
	{"UnpaidOrder Balance TradeDeal", Explanation{
		Meaning: "The order cannot be made or paid.",
		Cause:   "A balance that is too low, or another order for the same resource that is still open.",
		Remedy:  "Settle the open order or the balance, then send the request again.",
	}},
	{"Quota Limit TooLarge", Explanation{
		Meaning: "There would be more, or it would be larger, than is allowed.",
		Cause:   "A quota of the account or a limit of the resource is used up.",
		Remedy:  "Release what is not needed. In Tengyun, quotas can be set: `tengyun help serve` has --quota.",
	}},
	{"Busy State Status TaskRunning SnapshotCreating Expire Arrears Blocked", Explanation{
		Meaning: "The resource is in a state in which this cannot be done.",
		Cause:   "Another operation on it is under way, or it is stopped, expired or isolated.",
		Remedy:  "Look at its state by its Describe action; wait for the operation to end, or bring it into a state that fits.",
	}},
	{"InternalServerError ActionFailure", Explanation{
		Meaning: "The service failed in itself.",
		Cause:   "Nothing in the request.",
		Remedy:  "Send the request again; `tengyun trace REQUEST_ID` shows what went wrong.",
	}},
}
