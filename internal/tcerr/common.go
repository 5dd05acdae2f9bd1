package tcerr

// Refusals that the gateway and every product word alike. Sources of the texts: facts of the public error centre;
// where a Chinese text is not known, the English one is sent.

// MissingHeader says that a common parameter is not among the headers of a v3 request.
func MissingHeader(name string) *Error {
	return New(MissingParameter, "The request header is missing a required common parameter `%s`.", name).
		Zh("请求头部缺少必传的公共参数 `%s`。")
}

// Missing says that a parameter is required.
func Missing(name string) *Error {
	return New(MissingParameter, "The request is missing a required parameter `%s`.", name).
		Zh("请求缺少必传参数 `%s` 。")
}

// Unknown says that the action has no such parameter.
func Unknown(name string) *Error {
	return New(UnknownParameter, "The parameter `%s` is not recognized.", name).
		Zh("未定义参数 `%s`。")
}

// WrongType says that a value is not of the parameter's type ("string", "int64", "uint64", "float", "bool").
func WrongType(name, want string) *Error {
	return New(InvalidParameter, "The value type of parameter `%s` is not valid, input type should be `%s`.", name, want).
		Zh("参数 `%s` 取值类型错误。参数类型应为 `%s`。")
}

// BadValue says that a common parameter has a value that it cannot have.
func BadValue(name string) *Error {
	return New(InvalidParameterValue, "A value specified in `%s` is not valid, is unsupported, or cannot be used.", name).
		Zh("参数 `%s` 取值错误。")
}

// BadFieldValue says that the value of an action's own parameter is out of its range or set.
// Code is InvalidParameterValue or one of its dotted forms.
func BadFieldValue(code string, value any, name string) *Error {
	return New(code, "The value `%v` specified in the parameter `%s` is not valid.", value, name).
		Zh("参数取值错误，传入的参数值 `%v` 不合法，参数 `%s`。")
}
