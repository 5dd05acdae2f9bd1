// The official Node SDK with nothing but its environment changed: a proxy, and an authority to trust
// (NODE_EXTRA_CA_CERTS, which node reads when it starts).
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const cloud = require('./cloud.js');

process.env.http_proxy = `http://${cloud.address}`; // this SDK takes it for https, too

const { cvm } = require('tencentcloud-sdk-nodejs');

test('CONNECT and TLS, under the cloud\'s name', async () => {
  const client = new cvm.v20170312.Client({
    credential: { secretId: cloud.secretId, secretKey: cloud.secretKey },
    region: cloud.region,
  });
  const zones = await client.DescribeZones({});
  assert.ok(zones.ZoneSet.some((z) => z.Zone === 'ap-guangzhou-3'), JSON.stringify(zones));
});
