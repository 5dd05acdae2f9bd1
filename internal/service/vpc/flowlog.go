package vpc

import (
	"slices"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/quota"
	"github.com/tengyun/tengyun/internal/service/tag"
	"github.com/tengyun/tengyun/internal/state"
)

// flowLog is a flow log: what it watches, and where its records would go. No traffic flows here, so there are none.
type flowLog struct {
	Name, Desc, VPC      string
	Kind, Resource       string
	Traffic, Storage     string
	Topic, Region        string
	StorageID, StorageTo string
	Period               int
	Off                  bool
	Made                 time.Time
}

var flowLogs = resource[flowLog]{
	Table: state.NewTable("vpc.flow-log", state.By("resource", func(_ string, f *flowLog) []string { return []string{f.Resource} }),
		state.By("vpc", func(_ string, f *flowLog) []string { return present(f.VPC) })),
	prefix: "fl", field: "FlowLogId", filter: "flow-log-id", tags: tag.Resource{Service: "vpc", Prefix: "fl"},
}

var flowLogQuery = api.Query[flowLog]{
	Table: flowLogs.Table, Tags: flowLogs.tagsOf, Rules: flowLogRules(),
	Fields: map[string]api.Field[flowLog]{
		"vpc-id":      indexed("vpc", func(f *flowLog) string { return f.VPC }),
		"name":        fuzzy(func(f *flowLog) string { return f.Name }),
		"kind":        text(func(f *flowLog) string { return f.Kind }),
		"resource-id": indexed("resource", func(f *flowLog) string { return f.Resource }),
		"traffic":     text(func(f *flowLog) string { return f.Traffic }),
		"topic":       text(func(f *flowLog) string { return f.Topic }),
		"topic-state": text(func(*flowLog) string { return success }),
		"region":      text(func(f *flowLog) string { return f.Region }),
	},
}

func flowLogRules() api.Rules {
	r := rules()
	r.DefaultLimit = 10
	return r
}

func showFlowLog(c *api.Call, id string, f *flowLog) *sdk.FlowLog {
	out := &sdk.FlowLog{
		VpcId: &f.VPC, FlowLogId: &id, FlowLogName: &f.Name, ResourceType: &f.Kind, ResourceId: &f.Resource, TrafficType: &f.Traffic,
		CloudLogId: &f.Topic, CloudLogState: new(success), FlowLogDescription: &f.Desc, CreatedTime: local(f.Made), TagSet: flowLogs.tagSet(c, id),
		Enable: new(!f.Off), StorageType: &f.Storage, CloudLogRegion: &f.Region, Period: new(uint64(f.Period)),
	}
	if f.Storage == "ckafka" {
		out.FlowLogStorage = &sdk.FlowLogStorage{StorageId: &f.StorageID, StorageTopic: &f.StorageTo}
	}
	return out
}

func createFlowLog(c *api.Call, in *sdk.CreateFlowLogRequestParams) (*sdk.CreateFlowLogResponseParams, error) {
	f := flowLog{
		Name: *in.FlowLogName, Desc: val(in.FlowLogDescription), VPC: val(in.VpcId), Kind: *in.ResourceType, Resource: *in.ResourceId,
		Traffic: *in.TrafficType, Storage: or(in.StorageType, "cls"), Topic: val(in.CloudLogId), Region: or(in.CloudLogRegion, c.Region),
		Period: int(val(in.Period)), Made: c.Now,
	}
	if s := in.FlowLogStorage; s != nil {
		f.StorageID, f.StorageTo = val(s.StorageId), val(s.StorageTopic)
	}
	if err := f.check(c); err != nil {
		return nil, err
	}
	tags, err := checkTags(in.Tags)
	if err != nil {
		return nil, err
	}
	for id := range flowLogs.Where(c.Tx, "resource", f.Resource) {
		return nil, unsupported(sdk.UNSUPPORTEDOPERATION_FLOWLOGINSTANCEEXISTED, id)
	}
	if err := full(c, quota.FlowLogs, flowLogs.Len(c.Tx), 1); err != nil {
		return nil, err
	}
	id := api.NewID(c, flowLogs.Table, "fl")
	flowLogs.Put(c.Tx, id, f)
	flowLogs.setTags(c, id, tags)
	return &sdk.CreateFlowLogResponseParams{FlowLog: []*sdk.FlowLog{showFlowLog(c, id, &f)}}, nil
}

// check refuses what a flow log cannot watch, and where it cannot write.
func (f *flowLog) check(c *api.Call) error {
	if err := checkName(f.Name, "FlowLogName", 60); err != nil {
		return malformed(f.Name, "FlowLogName")
	}
	if err := checkName(f.Desc, "FlowLogDescription", 512); err != nil {
		return malformed(f.Desc, "FlowLogDescription")
	}
	switch {
	case !slices.Contains([]string{"ACCEPT", "REJECT", "ALL"}, f.Traffic):
		return outOfRange(f.Traffic, "TrafficType")
	case f.Storage == "cls" && f.Topic == "" || f.Storage == "ckafka" && f.StorageID == "":
		return badCode(sdk.INVALIDPARAMETERVALUE_EMPTY, "", "CloudLogId")
	case f.Storage != "cls" && f.Storage != "ckafka":
		return outOfRange(f.Storage, "StorageType")
	}
	var err error
	switch f.Kind {
	case "VPC":
		_, err = networks.find(c, &f.Resource)
	case "SUBNET":
		_, err = subnets.find(c, &f.Resource)
	case "NETWORKINTERFACE":
		_, err = cards.find(c, &f.Resource)
	case "NAT":
		_, err = gateways.find(c, &f.Resource)
	case "CCN", "DCG":
		return notFound(f.Resource)
	default:
		return outOfRange(f.Kind, "ResourceType")
	}
	if err != nil {
		return err
	}
	_, err = networks.find(c, &f.VPC)
	return err
}

// describeFlowLogs lists the newest first, unless asked otherwise.
func describeFlowLogs(c *api.Call, in *sdk.DescribeFlowLogsRequestParams) (*sdk.DescribeFlowLogsResponseParams, error) {
	q, ask := flowLogQuery, api.Ask{Offset: in.Offset, Limit: in.Limit}
	q.Newest = or(in.OrderDirection, "DESC") == "DESC"
	q.Rules.Both = ""
	if in.FlowLogId != nil {
		ask.IDs = []*string{in.FlowLogId}
	}
	if in.Filters != nil {
		ask.Filters = filters([]*sdk.Filter{in.Filters})
	}
	for name, v := range map[string]*string{
		"vpc-id": in.VpcId, "name": in.FlowLogName, "kind": in.ResourceType, "resource-id": in.ResourceId, "traffic": in.TrafficType,
		"topic": in.CloudLogId, "topic-state": in.CloudLogState, "region": in.CloudLogRegion,
	} {
		if v != nil {
			ask.Filters = append(ask.Filters, api.Filter{Name: name, Values: []string{*v}})
		}
	}
	hits, total, err := q.Run(c, ask)
	return &sdk.DescribeFlowLogsResponseParams{
		FlowLog: show(hits, func(h *api.Hit[flowLog]) *sdk.FlowLog { return showFlowLog(c, h.ID, h.Row) }), TotalNum: new(uint64(total)),
	}, err
}

func describeFlowLog(c *api.Call, in *sdk.DescribeFlowLogRequestParams) (*sdk.DescribeFlowLogResponseParams, error) {
	f, err := flowLogs.find(c, in.FlowLogId)
	if err == nil && f.VPC != *in.VpcId {
		err = notFound(*in.FlowLogId)
	}
	if err != nil {
		return nil, err
	}
	return &sdk.DescribeFlowLogResponseParams{FlowLog: []*sdk.FlowLog{showFlowLog(c, *in.FlowLogId, f)}}, nil
}

func modifyFlowLogAttribute(c *api.Call, in *sdk.ModifyFlowLogAttributeRequestParams) (*sdk.ModifyFlowLogAttributeResponseParams, error) {
	row, err := flowLogs.find(c, in.FlowLogId)
	if err != nil {
		return nil, err
	}
	f := *row
	f.Name, f.Desc, f.Period = or(in.FlowLogName, f.Name), or(in.FlowLogDescription, f.Desc), int(or(in.Period, uint64(f.Period)))
	if or(in.VpcId, f.VPC) != f.VPC {
		return nil, malformed(*in.VpcId, "VpcId")
	}
	if err := f.check(c); err != nil {
		return nil, err
	}
	flowLogs.edit(c, *in.FlowLogId, func(row *flowLog) { *row = f })
	return &sdk.ModifyFlowLogAttributeResponseParams{}, nil
}

func deleteFlowLog(c *api.Call, in *sdk.DeleteFlowLogRequestParams) (*sdk.DeleteFlowLogResponseParams, error) {
	if _, err := flowLogs.find(c, in.FlowLogId); err != nil {
		return nil, err
	}
	flowLogs.drop(c, c.Now, *in.FlowLogId)
	return &sdk.DeleteFlowLogResponseParams{}, nil
}

func enableFlowLogs(c *api.Call, in *sdk.EnableFlowLogsRequestParams) (*sdk.EnableFlowLogsResponseParams, error) {
	return &sdk.EnableFlowLogsResponseParams{}, switchFlowLogs(c, in.FlowLogIds, false)
}

func disableFlowLogs(c *api.Call, in *sdk.DisableFlowLogsRequestParams) (*sdk.DisableFlowLogsResponseParams, error) {
	return &sdk.DisableFlowLogsResponseParams{}, switchFlowLogs(c, in.FlowLogIds, true)
}

func switchFlowLogs(c *api.Call, ids []*string, off bool) error {
	if err := flowLogs.each(c, ids); err != nil {
		return err
	}
	for _, id := range ids {
		flowLogs.edit(c, *id, func(f *flowLog) { f.Off = off })
	}
	return nil
}
