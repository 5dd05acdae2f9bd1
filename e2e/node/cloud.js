// The emulator that the tests speak to, from the environment.
'use strict';

const http = require('node:http');
const net = require('node:net');

const address = process.env.TENGYUN_ADDRESS;
if (!address) {
  throw new Error('TENGYUN_ADDRESS is not set: these tests are run by the Go tests of e2e');
}

// agent leads every name to the emulator, as a name server would.
class Agent extends http.Agent {
  createConnection(options, callback) {
    const [host, port] = address.split(':');
    return net.connect(Number(port), host, callback);
  }
}

module.exports = {
  address,
  secretId: process.env.TENCENTCLOUD_SECRET_ID,
  secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  region: 'ap-guangzhou',
  agent: () => new Agent(),
};
