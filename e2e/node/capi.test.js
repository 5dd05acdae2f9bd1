// @tencent-sdk/capi, which signs with code of its own.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { Capi } = require('@tencent-sdk/capi');
const cloud = require('./cloud.js');

for (const { name, options, v3 } of [
  { name: 'v3', options: {}, v3: true },
  { name: 'v1 HmacSHA1, which it does not name', options: {}, v3: false },
  { name: 'v1 HmacSHA256', options: { signatureMethod: 'sha256' }, v3: false },
]) {
  for (const method of ['GET', 'POST']) {
    if (v3 && method === 'GET') {
      continue; // it posts v3 whatever it is told
    }
    test(`${name} ${method}`, async () => {
      const all = {
        ...options,
        secretId: cloud.secretId,
        secretKey: cloud.secretKey,
        region: cloud.region,
        serviceType: 'cvm',
        version: '2017-03-12',
        host: cloud.address,
        protocol: 'http',
        path: '/',
        method,
      };
      const asked = {
        Action: 'DescribeInstances',
        Version: '2017-03-12',
        Limit: 10,
        Filters: [{ Name: 'instance-name', Values: ['a b~c', '腾云'] }],
      };
      const { Response } = await new Capi(all).request(asked, all, v3);
      assert.equal(Response.Error, undefined, JSON.stringify(Response));
      assert.equal(Response.TotalCount, 0);
    });
  }
}
