package tag

import "github.com/tengyun/tengyun/internal/api"

const version = "2018-08-13"

// Service is the API of tags and projects. It belongs to no region; its resources say which is theirs.
var Service = api.Service{
	Name: "tag", Version: version, Global: true,
	Actions: []api.Action{
		api.Read(describeTags),
		api.Read(describeTagsSeq),
		api.Read(describeTagKeys),
		api.Read(describeTagValues),
		api.Read(describeTagValuesSeq),
		api.Read(getTags),
		api.Read(getTagKeys),
		api.Read(getTagValues),
		api.Write(createTag),
		api.Write(createTags),
		api.Write(deleteTag),
		api.Write(deleteTags),

		api.Read(describeResourceTags),
		api.Read(describeResourceTagsByResourceIds),
		api.Read(describeResourceTagsByResourceIdsSeq),
		api.Read(describeResourceTagsByTagKeys),
		api.Read(describeResourcesByTags),
		api.Read(describeResourcesByTagsUnion),
		api.Read(getResources),
		api.Write(modifyResourceTags),
		api.Write(addResourceTag),
		api.Write(updateResourceTagValue),
		api.Write(deleteResourceTag),
		api.Write(tagResources),
		api.Write(unTagResources),
		api.Write(attachResourcesTag),
		api.Write(modifyResourcesTagValue),
		api.Write(detachResourcesTag),

		api.Write(addProject),
		api.Write(updateProject),
		api.Read(describeProjects),
	},
}
