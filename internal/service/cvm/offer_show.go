package cvm

import (
	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

// showOffer is one line of the shop window.
func showOffer(c *api.Call, o offer.Offer, charge string) *sdk.InstanceTypeQuotaItem {
	t, f := o.Type, o.Type.Family
	level := c.StockLevel(o.Zone.Name, t.Name)
	item := &sdk.InstanceTypeQuotaItem{
		Zone: &o.Zone.Name, InstanceType: &t.Name, InstanceChargeType: &charge, NetworkCard: &f.NetworkCard,
		Externals: &sdk.Externals{}, Cpu: &t.CPU, Memory: &t.Memory, InstanceFamily: &f.Name, TypeName: new(f.Title(c.Language)),
		LocalDiskTypeList: localDisks(t), Status: new("SELL"), Price: offer.CataloguePrice(o, charge), SoldOutReason: new(""),
		InstanceBandwidth: &t.Bandwidth, InstancePps: &t.PPS, StorageBlockAmount: new(storageBlocks(t)), CpuType: &f.CPUType,
		Gpu: &t.GPU, Fpga: new(int64(0)), Remark: new(""), GpuCount: &t.GPUCount, Frequency: &f.Frequency, StatusCategory: &level,
	}
	switch offer.Level(level) {
	case offer.RunsOut:
		item.StatusCategory = new(string(offer.UnderStock))
	case offer.WithoutStock:
		item.Status, item.SoldOutReason = new("SOLD_OUT"), new(sdk.RESOURCESSOLDOUT_SPECIFIEDINSTANCETYPE)
	}
	return item
}

// localDisks are the solid-state disks that come with a type.
func localDisks(t *offer.Type) []*sdk.LocalDiskType {
	all := []*sdk.LocalDiskType{}
	if t.Family.LocalDisk == offer.LocalNVMe {
		all = append(all, &sdk.LocalDiskType{
			Type: new(offer.LocalNVMe), PartitionType: new("DATA"), MinSize: &t.LocalSize, MaxSize: &t.LocalSize, Required: new("REQUIRED"),
		})
	}
	return all
}

// storageBlocks is how many hard disks come with a big-data type.
func storageBlocks(t *offer.Type) int64 {
	if t.Family.LocalDisk == offer.LocalHDD {
		return t.LocalDisks
	}
	return 0
}
