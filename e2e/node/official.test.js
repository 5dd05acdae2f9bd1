// The official Node SDK, by every signature and method, at a bare address and under the cloud's own name.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { cvm } = require('tencentcloud-sdk-nodejs');
const cloud = require('./cloud.js');

const { Client } = cvm.v20170312;

function client({ signMethod = 'TC3-HMAC-SHA256', reqMethod = 'POST', secretKey = cloud.secretKey, language = 'en-US', named = false }) {
  const httpProfile = { reqMethod, protocol: 'http://', reqTimeout: 10 };
  if (named) {
    httpProfile.agent = cloud.agent();
  } else {
    httpProfile.endpoint = cloud.address;
  }
  return new Client({
    credential: { secretId: cloud.secretId, secretKey },
    region: cloud.region,
    profile: { signMethod, language, httpProfile },
  });
}

for (const signMethod of ['TC3-HMAC-SHA256', 'HmacSHA1', 'HmacSHA256']) {
  for (const reqMethod of ['GET', 'POST']) {
    for (const named of [false, true]) {
      test(`${signMethod} ${reqMethod} ${named ? "the cloud's name" : 'endpoint'}`, async () => {
        const c = client({ signMethod, reqMethod, named });
        const status = await c.DescribeInstancesStatus({});
        assert.equal(status.TotalCount, 0);
        assert.deepEqual(status.InstanceStatusSet, []);
        assert.match(status.RequestId, /^[0-9a-f-]{36}$/);

        const instances = await c.DescribeInstances({
          Limit: 100,
          Filters: [{ Name: 'instance-name', Values: ['腾 云*~+&=', 'web<1>'] }],
        });
        assert.equal(instances.TotalCount, 0);
      });
    }
  }
}

test('an error has code, message and RequestId', async () => {
  const refused = client({ secretKey: 'another' }).DescribeInstancesStatus({});
  await assert.rejects(refused, (e) => {
    assert.equal(e.code, 'AuthFailure.SignatureFailure');
    assert.match(e.message, /signature/);
    assert.match(e.requestId, /^[0-9a-f-]{36}$/);
    return true;
  });
});

test('messages come in the language asked for', async () => {
  const refused = client({ language: 'zh-CN' }).DescribeInstances({ Limits: 1 });
  await assert.rejects(refused, { code: 'UnknownParameter', message: '未定义参数 `Limits`。' });
});
