package sign

import (
	"time"

	"github.com/tengyun/tengyun/internal/tcerr"
)

// Texts are those of the error centre and of answers seen; where no Chinese text is known, the English one is sent.

// errAuthorization carries the one known detail form, "`Service` in Credential not valid."; other details follow it.
// Simulated: details other than that of Service.
func errAuthorization(detail string) *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureInvalidAuthorization,
		"The request `Authorization` header does not conform to tencentcloud standards: %s", detail)
}

func errPayloadHash() *tcerr.Error {
	return tcerr.New(tcerr.InvalidParameterValue, "The value specified in `X-TC-Content-SHA256` is not correct.")
}

func errExpired(now time.Time) *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureSignatureExpire,
		"Signature expired. Please use local time and enable NTP service for time synchronization "+
			"to avoid a deviation between `Timestamp` and the server time %d.", now.Unix())
}

func errSecretIDNotFound() *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureSecretIDNotFound,
		"The SecretId is not found, please ensure that your SecretId is correct.").
		Zh("SecretId不存在，请输入正确的密钥。")
}

func errToken() *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureTokenFailure, "Token verification failed, please check if your Token is correct.")
}

func errSignature() *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureSignatureFailure,
		"The provided credentials could not be validated. Please check your signature is correct.").
		Zh("请求签名验证失败，请检查您的签名计算是否正确。")
}

func errTooLarge() *tcerr.Error {
	return tcerr.New(tcerr.AuthFailureSignatureFailure,
		"The provided credentials could not be validated because of exceeding request size limit, "+
			"please use new signature method `TC3-HMAC-SHA256`.").
		Zh("由于请求包大小超过限制，请求签名验证失败，请使用新的签名方法 `TC3-HMAC-SHA256`。")
}
