// An operator's day, and the months after: the steps of TestADayInTheLife, by the official Node SDK.
'use strict';

const assert = require('node:assert/strict');
const cloud = require('./cloud.js');
const { pass, passTo, now, minutes, days, addMonths, iso } = require('./emulated_time.js');
const sdk = require('tencentcloud-sdk-nodejs');

const client = ({ v20170312: { Client } }) => new Client({
  credential: { secretId: cloud.secretId, secretKey: cloud.secretKey },
  region: cloud.region,
  profile: { language: 'en-US', httpProfile: { protocol: 'http://', reqTimeout: 10, agent: cloud.agent() } },
});
const [cvm, cbs, vpc] = [sdk.cvm, sdk.cbs, sdk.vpc].map(client);

const Placement = { Zone: 'ap-guangzhou-3' };
const state = (i) => `${i.InstanceState} ${i.RestrictState} ${i.LatestOperationState}`;
const all = async () => (await cvm.DescribeInstances({ Limit: 100 })).InstanceSet;
const one = async (id) => (await cvm.DescribeInstances({ InstanceIds: [id] })).InstanceSet[0];
const disks = async () => (await cbs.DescribeDisks({})).TotalCount;
const price = (answer) => answer.Price.InstancePrice.DiscountPrice;

// count is how many instances are in which state.
async function count() {
  const counted = {};
  for (const i of await all()) {
    counted[state(i)] = (counted[state(i)] ?? 0) + 1;
  }
  return counted;
}

async function usedAddresses() {
  const { VpcSet: [{ VpcId }] } = await vpc.DescribeVpcs({});
  return (await vpc.DescribeUsedIpAddress({ VpcId })).TotalCount;
}

// terminate gives machines back. A prepaid one is in the recycle bin after the first time and gone after the second.
async function terminate(...InstanceIds) {
  await cvm.TerminateInstances({ InstanceIds });
  await pass(minutes(1));
}

// renew asks what some months more of a machine cost, and pays for them.
async function renew(id, Period, cost) {
  const order = { InstanceIds: [id], InstanceChargePrepaid: { Period } };
  assert.equal(price(await cvm.InquiryPriceRenewInstances(order)), cost);
  await cvm.RenewInstances(order);
  await pass(minutes(1));
}

async function makeImage() {
  const { InstanceIdSet: [builder] } = await cvm.RunInstances({ Placement, ImageId: 'img-eb30mz89', InstanceType: 'S5.MEDIUM4' });
  await pass(minutes(1));
  const { ImageId } = await cvm.CreateImage({ InstanceId: builder, ImageName: 'golden' });
  const imageState = async () => (await cvm.DescribeImages({ ImageIds: [ImageId] })).ImageSet[0].ImageState;
  assert.equal(await imageState(), 'CREATING');
  await pass(minutes(10));
  assert.equal(await imageState(), 'NORMAL');
  await terminate(builder);
  assert.deepEqual(await count(), {});
  return ImageId;
}

async function makeTemplate(ImageId) {
  const { LaunchTemplateId } = await cvm.CreateLaunchTemplate({
    LaunchTemplateName: 'web', Placement, ImageId, InstanceType: 'S5.MEDIUM4', InstanceName: 'web-{R:1,F:3}',
    InstanceChargeType: 'PREPAID', InstanceChargePrepaid: { Period: 1 },
    DataDisks: [{ DiskType: 'CLOUD_PREMIUM', DiskSize: 20 }],
    TagSpecification: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'web' }] }],
  });
  return LaunchTemplateId;
}

async function launch(LaunchTemplateId, ImageId) {
  const LaunchTemplate = { LaunchTemplateId };
  const quote = async (InstanceCount) => price(await cvm.InquiryPriceRunInstances({ Placement, ImageId, LaunchTemplate, InstanceCount }));
  assert.equal(await quote(1), 157.7);
  assert.equal(await quote(100), 15770);
  const { InstanceIdSet: ids } = await cvm.RunInstances({ LaunchTemplate, InstanceCount: 100 });
  assert.deepEqual(await count(), { 'PENDING NORMAL OPERATING': 100 });
  const began = now();
  await pass(minutes(1));
  assert.deepEqual(await count(), { 'RUNNING NORMAL SUCCESS': 100 });
  assert.equal(new Set((await all()).map((i) => i.PrivateIpAddresses[0])).size, 100);
  assert.equal(await disks(), 200);
  const last = await one(ids[99]);
  assert.equal(last.InstanceName, 'web-100');
  assert.deepEqual(last.Tags, [{ Key: 'team', Value: 'web' }]);
  assert.equal(last.RenewFlag, 'NOTIFY_AND_MANUAL_RENEW');
  assert.equal(last.ExpiredTime, iso(addMonths(began, 1)));
  return { ids, began };
}

async function resize(id) {
  const larger = { InstanceIds: [id], InstanceType: 'S5.LARGE8' };
  assert.ok(price(await cvm.InquiryPriceResetInstancesType(larger)) > 0);
  await cvm.ResetInstancesType({ ...larger, ForceStop: true });
  assert.equal(state(await one(id)), 'STOPPING NORMAL OPERATING');
  await pass(minutes(1));
  const i = await one(id);
  assert.equal(state(i), 'RUNNING NORMAL SUCCESS');
  assert.deepEqual([i.LatestOperation, i.CPU, i.Memory], ['ResetInstancesType', 4, 8]);
}

// rebind leads an elastic address to one machine, and then to another.
async function rebind(first, second) {
  const { AddressSet: [AddressId] } = await vpc.AllocateAddresses({});
  await pass(minutes(1));
  for (const InstanceId of [first, second]) {
    await vpc.AssociateAddress({ AddressId, InstanceId });
    await pass(minutes(1));
    const { AddressSet: [a] } = await vpc.DescribeAddresses({ AddressIds: [AddressId] });
    assert.deepEqual([a.AddressStatus, a.InstanceId], ['BIND', InstanceId]);
    assert.deepEqual((await one(InstanceId)).PublicIpAddresses, [a.AddressIp]);
    if (InstanceId === first) {
      await vpc.DisassociateAddress({ AddressId });
      await pass(minutes(1));
      assert.equal((await one(first)).PublicIpAddresses, null);
    }
  }
  return AddressId;
}

async function snapshot(id) {
  const { DataDisks: [{ DiskId }] } = await one(id);
  const { SnapshotId } = await cbs.CreateSnapshot({ DiskId, SnapshotName: 'before' });
  const shown = async () => (await cbs.DescribeSnapshots({ SnapshotIds: [SnapshotId] })).SnapshotSet[0];
  assert.equal((await shown()).SnapshotState, 'CREATING');
  await pass(minutes(10));
  const s = await shown();
  assert.deepEqual([s.SnapshotState, s.DiskId, s.DiskSize], ['NORMAL', DiskId, 20]);
  return SnapshotId;
}

// reinstall gives a machine another system. Its disk, address and last day stay.
async function reinstall(id) {
  const before = await one(id);
  await cvm.ResetInstance({ InstanceId: id, ImageId: 'img-487zeit5' });
  assert.equal(state(await one(id)), 'RUNNING NORMAL OPERATING');
  await pass(minutes(2));
  const after = await one(id);
  assert.equal(state(after), 'RUNNING NORMAL SUCCESS');
  assert.equal(after.OsName, 'Ubuntu Server 22.04 LTS 64bit');
  const stays = (i) => [i.SystemDisk.DiskId, i.PrivateIpAddresses, i.ExpiredTime];
  assert.deepEqual(stays(after), stays(before));
}

// isolate gives two machines back: one is fetched out of the recycle bin again, for two months, the other is let go.
async function isolate(back, gone) {
  await terminate(back, gone);
  let i = await one(back);
  assert.deepEqual([state(i), i.IsolatedSource], ['SHUTDOWN NORMAL SUCCESS', 'MANMADE']);
  const renewed = now();
  await renew(back, 2, 315.4);
  i = await one(back);
  assert.deepEqual([state(i), i.IsolatedSource], ['RUNNING NORMAL SUCCESS', 'NOTISOLATED']);
  assert.equal(i.ExpiredTime, iso(addMonths(renewed, 2)));
  await terminate(gone);
  assert.deepEqual(await count(), { 'RUNNING NORMAL SUCCESS': 99 });
  assert.equal(await disks(), 199, 'a data disk is paid for by itself, and stays');
}

// monthsPass lets all but one of them expire. One renews itself; one is renewed by hand when it is in the bin already.
async function monthsPass({ ids, began }) {
  const RenewFlag = 'NOTIFY_AND_AUTO_RENEW';
  await cvm.ModifyInstancesRenewFlag({ InstanceIds: [ids[1]], RenewFlag });
  const itself = await one(ids[1]);
  await cbs.ModifyDisksRenewFlag({ DiskIds: [itself.DataDisks[0].DiskId], RenewFlag });
  assert.equal(itself.RenewFlag, RenewFlag);

  await passTo(addMonths(began, 1));
  assert.deepEqual(await count(), { 'RUNNING EXPIRED SUCCESS': 97, 'RUNNING NORMAL SUCCESS': 2 });
  assert.equal((await one(ids[1])).ExpiredTime, iso(addMonths(began, 2)));
  await pass(days(1));
  assert.deepEqual(await count(), { 'SHUTDOWN EXPIRED SUCCESS': 97, 'RUNNING NORMAL SUCCESS': 2 });
  assert.equal((await one(ids[0])).IsolatedSource, 'EXPIRE');
  await renew(ids[0], 1, 283.9);
  const renewed = await one(ids[0]);
  assert.deepEqual([state(renewed), renewed.ExpiredTime], ['RUNNING NORMAL SUCCESS', iso(addMonths(began, 2))]);
  await pass(days(7));
  assert.deepEqual(await count(), { 'RUNNING NORMAL SUCCESS': 3 });
  assert.equal(await disks(), 5, 'of each its system, of two its data');

  await passTo(addMonths(began, 6));
  assert.deepEqual(await count(), { 'RUNNING NORMAL SUCCESS': 1 });
  assert.equal((await one(ids[1])).ExpiredTime, iso(addMonths(began, 7)));
  assert.equal(await usedAddresses(), 1);
}

// leave gives back what is left, until nothing is.
async function leave({ id, ImageId, LaunchTemplateId, AddressId, SnapshotId }) {
  const { DataDisks: [{ DiskId }] } = await one(id);
  await terminate(id);
  assert.deepEqual(await count(), { 'SHUTDOWN NORMAL SUCCESS': 1 });
  await terminate(id);
  assert.deepEqual(await count(), {});
  assert.equal(await disks(), 1);
  await cbs.TerminateDisks({ DiskIds: [DiskId] });
  await pass(days(8));
  assert.equal(await disks(), 0);
  assert.equal(await usedAddresses(), 0);

  assert.equal((await vpc.DescribeAddresses({})).AddressSet[0].AddressStatus, 'UNBIND');
  await vpc.ReleaseAddresses({ AddressIds: [AddressId] });
  await pass(minutes(1));
  assert.equal((await vpc.DescribeAddresses({})).TotalCount, 0);
  await cvm.DeleteLaunchTemplate({ LaunchTemplateId });
  await cvm.DeleteImages({ ImageIds: [ImageId], DeleteBindedSnap: true });
  await cbs.DeleteSnapshots({ SnapshotIds: [SnapshotId] });
  assert.equal((await cbs.DescribeSnapshots({})).TotalCount, 0);
}

async function day() {
  await pass(0);
  const ImageId = await makeImage();
  const LaunchTemplateId = await makeTemplate(ImageId);
  const hundred = await launch(LaunchTemplateId, ImageId);
  const [first, second, third, fourth] = hundred.ids;
  await resize(first);
  const AddressId = await rebind(first, second);
  const SnapshotId = await snapshot(first);
  await reinstall(first);
  await isolate(third, fourth);
  await monthsPass(hundred);
  await leave({ id: second, ImageId, LaunchTemplateId, AddressId, SnapshotId });
  process.exit(0); // stdin is open still
}

day().catch((e) => {
  console.error(e);
  process.exit(1);
});
