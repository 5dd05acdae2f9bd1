package wire

import "github.com/tengyun/tengyun/internal/tcerr"

// Refusals of requests that cannot be read. Where a comment does not say Simulated, the text is the cloud's.

func badJSON() *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter,
		"The request content not valid json format for specified content-type=application/json.").
		Zh("对于指定content-type=application/json协议下，请求内容不是合法的Json格式。")
}

func badFormat(name string) *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "Parameter `%s` format invalid.", name).
		Zh("参数 `%s` 格式非法。")
}

func repeated(name string) *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "Parameter `%s` input repeated.", name).
		Zh("参数 `%s` 重复输入。")
}

func badArray(name string) *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter,
		"Parameter `%s` invalid array format, array index must be continuous and starts with 0.", name).
		Zh("参数 `%s` 是非法是数组格式，数组下标必须是连续的而且从0下标开始。")
}

func notSplit() *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "Url key and value should be splited by `=`.").
		Zh("参数错误，请求URL中参数key和value必须以 `=` 分隔。")
}

func emptyKey() *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "The request has a parameter key which is empty string.").
		Zh("参数错误，请求参数key不能为空字符串。")
}

// notTyped refuses a common parameter that is not the number it should be.
// Simulated: the cloud's text for Nonce and Timestamp is not known for certain.
func notTyped(name string) *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "The value type of parameter `%s` is not valid.", name).
		Zh("参数 `%s` 取值类型错误。")
}

// cannotBeNull refuses null where a value must stand.
// Simulated: seen of members of some products; which parameters of which products take null is not known.
func cannotBeNull(name string) *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameter, "The value of parameter `%s` is not valid and cannot be null.", name)
}

func badContentType(media string) *tcerr.Error {
	return tcerr.New(tcerr.UnsupportedProtocol, "this action does not support Content-Type=`%s`", media)
}

// Simulated: the code is the cloud's, the text is not known.
func badMethod(method string) *tcerr.Error {
	return tcerr.New(tcerr.UnsupportedProtocol,
		"The request method `%s` is not supported. Please use `GET` or `POST`.", method)
}

// Simulated: no client of the cloud compresses its requests.
func badEncoding(encoding string) *tcerr.Error {
	return tcerr.New(tcerr.UnsupportedProtocol, "The request Content-Encoding=`%s` is not supported.", encoding)
}

// Simulated: the code is the cloud's, the text is not known.
func tooLarge(limit string) *tcerr.Error {
	return tcerr.New(tcerr.RequestSizeLimitExceeded, "The request size exceeds the limit of %s.", limit)
}

// Simulated: the cloud's front end ends such connections without an answer.
func brokenBody() *tcerr.Error {
	return tcerr.New(tcerr.InvalidRequest, "The request body is incomplete or could not be read.")
}

// Simulated: the code is the cloud's, the text is not known.
func badMultipart() *tcerr.Error {
	return tcerr.New(tcerr.InvalidRequest, "The request body is not valid multipart/form-data.")
}
