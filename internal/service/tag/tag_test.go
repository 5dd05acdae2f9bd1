package tag

import (
	"fmt"
	"strings"
	"testing"
	"time"

	sdk "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/tag/v20180813"

	"github.com/google/go-cmp/cmp"

	"github.com/tengyun/tengyun/internal/api"
	"github.com/tengyun/tengyun/internal/api/apitest"
	"github.com/tengyun/tengyun/internal/tcerr"
)

const instance = "qcs::cvm:ap-guangzhou:uin/:instance/ins-1"

func tags(pairs ...string) (all []*sdk.Tag) {
	for _, s := range pairs {
		k, v, _ := strings.Cut(s, "=")
		all = append(all, &sdk.Tag{TagKey: &k, TagValue: &v})
	}
	return all
}

// read is what the API says of instance's tags, "key=value" each.
func read(w *apitest.World) (all []string) {
	w.T.Helper()
	out := apitest.Call(w, describeResourceTagsByResourceIds, sdk.DescribeResourceTagsByResourceIdsRequestParams{
		ServiceType: p("cvm"), ResourcePrefix: p("instance"), ResourceRegion: p("ap-guangzhou"), ResourceIds: []*string{p("ins-1")},
	})
	for _, t := range out.Tags {
		all = append(all, *t.TagKey+"="+*t.TagValue)
	}
	return all
}

func modify(w *apitest.World, name string, set []*sdk.Tag, gone ...string) {
	w.T.Helper()
	in := sdk.ModifyResourceTagsRequestParams{Resource: &name, ReplaceTags: set}
	for _, k := range gone {
		in.DeleteTags = append(in.DeleteTags, &sdk.TagKeyObject{TagKey: p(k)})
	}
	apitest.Call(w, modifyResourceTags, in)
}

func TestWhatAProductTagsTheAPIShowsAndTheReverse(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	ins := Resource{"cvm", "instance", "ins-1"}
	w.Must(func(c *api.Call) { Set(c.Tx, ins, map[string]string{"team": "web", "env": "test"}) })
	if diff := cmp.Diff([]string{"env=test", "team=web"}, read(w)); diff != "" {
		t.Error(diff)
	}
	modify(w, instance, tags("env=prod", "cost=7"), "team", "unheard-of")
	w.Must(func(c *api.Call) {
		if diff := cmp.Diff(map[string]string{"env": "prod", "cost": "7"}, Of(c.Tx, ins)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNamesOfResources(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		want place
		ok   bool
	}{
		{"qcs::cvm:ap-guangzhou:uin/:instance/ins-1", place{Resource{"cvm", "instance", "ins-1"}, "ap-guangzhou"}, true},
		{"qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1", place{Resource{"cvm", "instance", "ins-1"}, "ap-guangzhou"}, true},
		{"qcs:id/0:cvm:ap-guangzhou::instance/ins-1", place{Resource{"cvm", "instance", "ins-1"}, "ap-guangzhou"}, true},
		{"qcs::cvm:ap-guangzhou:account/:instance/ins-1", place{Resource{"cvm", "instance", "ins-1"}, "ap-guangzhou"}, true},
		{"qcs::cam::uin/100000000001:role/tke", place{Resource{"cam", "role", "tke"}, ""}, true},
		{"qcs::cos:ap-guangzhou:uid/1250000001:bucket-1250000001", place{Resource{"cos", "", "bucket-1250000001"}, "ap-guangzhou"}, true},
		{"qcs::cvm:ap-guangzhou:uin/200000000002:instance/ins-1", place{}, false},
		{"qcs::cvm:ap-nowhere:uin/:instance/ins-1", place{}, false},
		{"qcs::cvm:ap-guangzhou:uin/:ins-1", place{}, false},
		{"qcs::cvm:ap-guangzhou:uin/:instance/", place{}, false},
		{"qcs::cvm:ap-guangzhou", place{}, false},
		{"", place{}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			apitest.New(t).Must(func(c *api.Call) {
				got, err := parse(c, row.name)
				if got != row.want || (err == nil) != row.ok {
					t.Errorf("got %v, %v, want %v", got, err, row.want)
				}
			})
		})
	}
}

func TestModifyResourceTagsRefusals(t *testing.T) {
	t.Parallel()
	key := func(s string) []*sdk.TagKeyObject { return []*sdk.TagKeyObject{{TagKey: &s}} }
	for _, row := range []struct {
		name, code string
		in         sdk.ModifyResourceTagsRequestParams
	}{
		{"neither", sdk.INVALIDPARAMETER_TAG, sdk.ModifyResourceTagsRequestParams{}},
		{"same key in both", sdk.INVALIDPARAMETERVALUE_DELETETAGSPARAMERROR, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("a=1"), DeleteTags: key("a")}},
		{"empty key", sdk.INVALIDPARAMETERVALUE_TAGKEYEMPTY, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("=1")}},
		{"reserved key", sdk.INVALIDPARAMETER_RESERVEDTAGKEY, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("qcs:a=1")}},
		{"illegal key", sdk.INVALIDPARAMETERVALUE_TAGKEYCHARACTERILLEGAL, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("a*=1")}},
		{"long key", sdk.INVALIDPARAMETERVALUE_TAGKEYLENGTHEXCEEDED, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags(strings.Repeat("键", 128) + "=1")}},
		{"long value", sdk.INVALIDPARAMETERVALUE_TAGVALUELENGTHEXCEEDED, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("a=" + strings.Repeat("值", 256))}},
		{"twice", tcerr.InvalidParameterValue, sdk.ModifyResourceTagsRequestParams{ReplaceTags: tags("a=1", "a=2")}},
		{"name", sdk.INVALIDPARAMETERVALUE_RESOURCEDESCRIPTIONERROR, sdk.ModifyResourceTagsRequestParams{Resource: p("ins-1"), ReplaceTags: tags("a=1")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if row.in.Resource == nil {
				row.in.Resource = p(instance)
			}
			apitest.Refused(apitest.New(t), row.code, modifyResourceTags, row.in)
		})
	}
}

func TestAResourceBearsFiftyTags(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	for i := range 5 {
		var ten []*sdk.Tag
		for j := range 10 {
			ten = append(ten, tags(fmt.Sprintf("k%d%d=v", i, j))...)
		}
		modify(w, instance, ten)
	}
	apitest.Refused(w, sdk.LIMITEXCEEDED_RESOURCEATTACHEDTAGS, modifyResourceTags, sdk.ModifyResourceTagsRequestParams{Resource: p(instance), ReplaceTags: tags("one=more")})
	modify(w, instance, tags("one=more"), "k00")
	if n := len(read(w)); n != 15 {
		t.Errorf("got %d tags on the first page, want 15", n)
	}
	out := apitest.Call(w, describeResourceTags, sdk.DescribeResourceTagsRequestParams{ResourceId: p("ins-1"), Offset: p(uint64(45))})
	if *out.TotalCount != 50 || len(out.Rows) != 5 {
		t.Errorf("got %d of %d tags, want 5 of 50", len(out.Rows), *out.TotalCount)
	}
	apitest.Refused(w, tcerr.InvalidParameterValue, describeResourceTags, sdk.DescribeResourceTagsRequestParams{Offset: p(uint64(7))})
	apitest.Refused(w, sdk.INVALIDPARAMETERVALUE_OFFSETINVALID, describeTagsSeq, sdk.DescribeTagsSeqRequestParams{Offset: p(uint64(7))})
}

func TestATagLivesUntilNoResourceBearsItAndSomebodyDeletesIt(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	one := sdk.DeleteTagRequestParams{TagKey: p("team"), TagValue: p("web")}
	apitest.Call(w, createTag, sdk.CreateTagRequestParams{TagKey: p("team"), TagValue: p("web")})
	apitest.Refused(w, sdk.RESOURCEINUSE_TAGDUPLICATE, createTag, sdk.CreateTagRequestParams{TagKey: p("team"), TagValue: p("web")})
	modify(w, "qcs::cvm:ap-beijing:uin/:instance/ins-9", tags("team=web", "env=test"))
	apitest.Refused(w, sdk.FAILEDOPERATION_TAGATTACHEDRESOURCE, deleteTag, one)
	out := apitest.Call(w, describeTags, sdk.DescribeTagsRequestParams{})
	if *out.TotalCount != 2 || *out.Tags[0].CanDelete != 0 || *out.Tags[1].TagKey != "env" {
		t.Errorf("got %+v", out.Tags)
	}
	modify(w, "qcs::cvm:ap-beijing:uin/:instance/ins-9", nil, "team")
	apitest.Call(w, deleteTag, one)
	apitest.Refused(w, sdk.RESOURCENOTFOUND_TAGNONEXIST, deleteTag, one)
}

func TestBatchesNeedTagsThatExist(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	in := sdk.AttachResourcesTagRequestParams{
		ServiceType: p("cvm"), ResourcePrefix: p("instance"), ResourceRegion: p("ap-guangzhou"),
		ResourceIds: []*string{p("ins-1"), p("ins-2")}, TagKey: p("team"), TagValue: p("web"),
	}
	apitest.Refused(w, sdk.RESOURCENOTFOUND_TAGNONEXIST, attachResourcesTag, in)
	modify(w, "qcs::cvm:ap-guangzhou:uin/:instance/ins-2", tags("team=web"))
	apitest.Refused(w, sdk.RESOURCEINUSE_TAGKEYATTACHED, attachResourcesTag, in)
	if got := read(w); got != nil {
		t.Errorf("got %v on ins-1 after a refusal, want nothing", got)
	}
	apitest.Call(w, unTagResources, sdk.UnTagResourcesRequestParams{ResourceList: []*string{p("qcs::cvm:ap-guangzhou:uin/:instance/ins-2")}, TagKeys: []*string{p("team")}})
	apitest.Call(w, attachResourcesTag, in)
	if diff := cmp.Diff([]string{"team=web"}, read(w)); diff != "" {
		t.Error(diff)
	}
}

func TestGetResourcesTurnsItsPages(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	for i := range 5 {
		modify(w, fmt.Sprintf("qcs::cvm:ap-guangzhou:uin/:instance/ins-%d", i), tags("team=web", fmt.Sprintf("n=%d", i%2)))
	}
	modify(w, "qcs::cam::uin/:role/tke", tags("team=web"))
	var names []string
	in := sdk.GetResourcesRequestParams{MaxResults: p(uint64(2)), TagFilters: []*sdk.TagFilter{{TagKey: p("n"), TagValue: []*string{p("0")}}, {TagKey: p("team")}}}
	for {
		out := apitest.Call(w, getResources, in)
		for _, r := range out.ResourceTagMappingList {
			names = append(names, *r.Resource)
		}
		if *out.PaginationToken == "" {
			break
		}
		in.PaginationToken = out.PaginationToken
	}
	want := []string{
		"qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-0",
		"qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-2",
		"qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-4",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	apitest.Refused(w, sdk.INVALIDPARAMETER_PAGINATIONTOKENINVALID, getResources, sdk.GetResourcesRequestParams{PaginationToken: p("?")})
	named := apitest.Call(w, getResources, sdk.GetResourcesRequestParams{ResourceList: []*string{p(instance), p("qcs::cvm:ap-guangzhou:uin/:instance/ins-77")}})
	if len(named.ResourceTagMappingList) != 1 || *named.ResourceTagMappingList[0].Resource != instance {
		t.Errorf("got %+v, want the one resource under the name it was asked by", named.ResourceTagMappingList)
	}
}

func TestResourcesMeetAllFiltersOrOne(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	modify(w, instance, tags("team=web"))
	modify(w, "qcs::vpc:ap-beijing:uin/:vpc/vpc-1", tags("team=web", "env=test"))
	filters := []*sdk.TagFilter{{TagKey: p("team"), TagValue: []*string{p("web")}}, {TagKey: p("env")}}
	all := apitest.Call(w, describeResourcesByTags, sdk.DescribeResourcesByTagsRequestParams{TagFilters: filters})
	if len(all.Rows) != 1 || *all.Rows[0].ResourceRegion != "ap-beijing" {
		t.Errorf("got %+v, want the vpc alone", all.Rows)
	}
	one := apitest.Call(w, describeResourcesByTagsUnion, sdk.DescribeResourcesByTagsUnionRequestParams{TagFilters: filters})
	if *one.TotalCount != 2 {
		t.Errorf("got %d resources, want 2", *one.TotalCount)
	}
}

func TestProjects(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	id := *apitest.Call(w, addProject, sdk.AddProjectRequestParams{ProjectName: p("shop")}).ProjectId
	apitest.Refused(w, sdk.INVALIDPARAMETER_PROJECTNAMEEXISTED, addProject, sdk.AddProjectRequestParams{ProjectName: p("shop")})
	apitest.Refused(w, sdk.RESOURCENOTFOUND_RECORDNOTFOUND, updateProject, sdk.UpdateProjectRequestParams{ProjectId: p(uint64(0)), Info: p("?")})
	apitest.Call(w, updateProject, sdk.UpdateProjectRequestParams{ProjectId: &id, Info: p("sells"), Disable: p(int64(1))})
	list := sdk.DescribeProjectsRequestParams{AllList: p(uint64(0)), Limit: p(uint64(1000)), Offset: p(uint64(0))}
	if out := apitest.Call(w, describeProjects, list); *out.Total != 0 {
		t.Errorf("got %d projects, want none but hidden ones", *out.Total)
	}
	list.AllList = p(uint64(1))
	if out := apitest.Call(w, describeProjects, list); *out.Total != 1 || *out.Projects[0].ProjectInfo != "sells" || *out.Projects[0].CreateTime != "2026-03-01 12:00:00" {
		t.Errorf("got %+v", out.Projects)
	}
	w.Must(func(c *api.Call) {
		if name, ok := Project(c.Tx, id); name != "shop" || ok {
			t.Errorf("got %s, open %t, want shop, closed", name, ok)
		}
	})
}

func TestEveryActionIsThere(t *testing.T) {
	t.Parallel()
	if n := len(Service.Actions); n != 31 {
		t.Errorf("got %d actions, want 31", n)
	}
}

func TestTagsGoWithTheirResourceWheneverTheyWereSet(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	ins := Resource{"cvm", "instance", "ins-1"}
	w.Must(func(c *api.Call) { Drop(c.Tx, c.Now.Add(time.Hour), ins) })
	modify(w, instance, tags("env=prod"))
	modify(w, instance, nil, "env")
	if got := apitest.Call(w, getResources, sdk.GetResourcesRequestParams{}); len(got.ResourceTagMappingList) != 0 {
		t.Errorf("got %d resources with tags, want none", len(got.ResourceTagMappingList))
	}
	modify(w, instance, tags("team=web"))
	if got := read(w); len(got) != 1 {
		t.Errorf("got %q, want team=web", got)
	}
	w.Advance(time.Hour)
	if got := read(w); len(got) != 0 {
		t.Errorf("got %q at the end, want no tags", got)
	}
}

func TestKeepUndoesADrop(t *testing.T) {
	t.Parallel()
	w := apitest.New(t)
	ins := Resource{"cvm", "instance", "ins-1"}
	w.Must(func(c *api.Call) {
		Drop(c.Tx, c.Now.Add(time.Hour), ins)
		Keep(c.Tx, ins)
		Set(c.Tx, ins, map[string]string{"env": "prod"})
		Drop(c.Tx, c.Now.Add(time.Hour), ins)
		Keep(c.Tx, ins)
	})
	w.Advance(2 * time.Hour)
	if got := read(w); len(got) != 1 {
		t.Errorf("got %q, want env=prod", got)
	}
}
