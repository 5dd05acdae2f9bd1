package cbs

import (
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/region"
)

// Kind is a type of disk that the cloud sells, or sold.
type Kind struct {
	Type      string
	Min, Max  uint64 // GiB of a data disk
	Extra     uint64 // MiB/s that can be bought beyond what the size gives; 0 where none can
	Alone     bool   // sold without an instance
	Retired   bool   // what is there goes on, no more is sold
	MonthFen  uint64 // price of a GiB for a month, in hundredths of a yuan
	HourMicro uint64 // price of a GiB for an hour, in millionths of a yuan
}

// The types of disk.
const (
	Basic   = "CLOUD_BASIC"
	Premium = "CLOUD_PREMIUM"
	BSSD    = "CLOUD_BSSD"
	SSD     = "CLOUD_SSD"
	HSSD    = "CLOUD_HSSD"
	TSSD    = "CLOUD_TSSD"
)

// kinds are cheapest first. Sizes: document/product/362/2353; prices: document/product/362/2413.
// Simulated: the prices of CLOUD_BSSD and CLOUD_BASIC, and how much extra throughput can be bought.
var kinds = []Kind{
	{Type: Basic, Min: 10, Max: 16000, Alone: true, Retired: true, MonthFen: 30, HourMicro: 800},
	{Type: Premium, Min: 10, Max: 32000, Alone: true, MonthFen: 35, HourMicro: 900},
	{Type: BSSD, Min: 20, Max: 32000, Alone: true, MonthFen: 50, HourMicro: 1200},
	{Type: SSD, Min: 20, Max: 32000, Alone: true, MonthFen: 100, HourMicro: 2500},
	{Type: HSSD, Min: 20, Max: 32000, Extra: 650, Alone: true, MonthFen: 100, HourMicro: 2100},
	{Type: TSSD, Min: 20, Max: 32000, Extra: 650, MonthFen: 100, HourMicro: 2100},
}

// Limits that all kinds share. Simulated: the greatest system disk; sources name 1024 and 2048.
const (
	Step         = 1    // GiB
	SystemMin    = 20   // GiB
	SystemMax    = 2048 // GiB
	extraMinSize = 460  // GiB: a disk smaller than this buys neither extra throughput nor bursts
)

// FindKind is the kind of a DiskType.
func FindKind(diskType string) (*Kind, bool) {
	for i := range kinds {
		if kinds[i].Type == diskType {
			return &kinds[i], true
		}
	}
	return nil, false
}

// Default is the type of a disk for which a request names none: the first that is sold by itself and of which a zone has
// anything left, and the first of all where it has nothing. Simulated: the cloud takes what is in stock.
func Default(c *api.Call, zone string) string {
	for _, k := range kinds {
		if k.Alone && !k.Retired && c.InStock(zone, k.Type) {
			return k.Type
		}
	}
	return Premium
}

// Range is the sizes that a disk of the kind can have.
func (k *Kind) Range(system bool) (least, most uint64) {
	if system {
		return SystemMin, SystemMax
	}
	return k.Min, k.Max
}

// Fault is what is wrong with a disk that somebody wants. Every product answers it by codes of its own.
type Fault uint8

// The faults, in the order in which they are looked for.
const (
	Sound              Fault = iota
	UnknownType              // there is no such type
	NotSold                  // retired, or sold out in the zone
	SoldOut                  // the owner of the emulator let nothing be left of it
	NoSize                   // neither a size nor a snapshot says how large
	BadSize                  // beyond the type's range, or off its step
	NoSnapshot               // no such snapshot, or not one of this caller
	SnapshotNotReady         // still being made
	SnapshotWrongUsage       // a system disk's, which only makes images
	SnapshotTooLarge         // larger than the disk
	NoExtra                  // this type or size takes no extra throughput or bursts
	BadExtra                 // more extra throughput than is sold
	BadEncryption            // a key or an encryption type without encryption, or an unknown one
	NoEncryption             // the region has no keys to encrypt with
)

// Spec is a disk that somebody wants.
type Spec struct {
	Type        string
	Size        uint64 // GiB; 0 means the snapshot's
	Name        string // "" means a name after the instance's
	Snapshot    string
	System      bool
	KeepOnExit  bool // a data disk that outlives its instance
	Encrypt     bool
	EncryptType string
	KmsKey      string
	Throughput  uint64
	Burst       bool
}

// Check says what is wrong with a wanted disk, and its size in GiB where nothing is.
func Check(c *api.Call, zone string, s Spec) (size uint64, fault Fault) {
	k, known := FindKind(s.Type)
	if !known {
		return 0, UnknownType
	}
	place, ok := region.FindZone(zone)
	if k.Retired || !ok { // disks are sold where instances no longer are: in ap-guangzhou-2
		return 0, NotSold
	}
	if !c.InStock(zone, s.Type) {
		return 0, SoldOut
	}
	size, fault = s.size(c)
	if fault != Sound {
		return 0, fault
	}
	if least, most := k.Range(s.System); size < least || size > most {
		return 0, BadSize
	}
	if here, _ := region.Find(place.Region); s.Encrypt && !here.Has(region.KMS) {
		return 0, NoEncryption
	}
	return size, s.checkTraits(k, size)
}

// size is what was asked for, or the snapshot's.
func (s *Spec) size(c *api.Call) (uint64, Fault) {
	if s.Snapshot == "" {
		if s.Size == 0 {
			return 0, NoSize
		}
		return s.Size, Sound
	}
	snap, ok := readable(c, s.Snapshot)
	switch {
	case !ok:
		return 0, NoSnapshot
	case snap.State != Normal:
		return 0, SnapshotNotReady
	case snap.System && !s.System:
		return 0, SnapshotWrongUsage
	case s.Size == 0:
		return snap.Size, Sound
	case s.Size < snap.Size:
		return 0, SnapshotTooLarge
	}
	return s.Size, Sound
}

func (s *Spec) checkTraits(k *Kind, size uint64) Fault {
	switch {
	case (s.Throughput > 0 || s.Burst) && (k.Extra == 0 || size < extraMinSize):
		return NoExtra
	case s.Throughput > k.Extra:
		return BadExtra
	case !s.Encrypt && (s.KmsKey != "" || s.EncryptType != ""),
		s.EncryptType != "" && s.EncryptType != "ENCRYPT_V1" && s.EncryptType != "ENCRYPT_V2":
		return BadEncryption
	}
	return Sound
}
