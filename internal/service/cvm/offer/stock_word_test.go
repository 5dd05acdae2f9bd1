package offer_test

import (
	"testing"

	"github.com/tengyun/tengyun/internal/service/cvm/offer"
)

func TestWordsAreReadAndWrittenAlike(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"ap-guangzhou-3/S5.MEDIUM4=WithoutStock", "*/CLOUD_SSD=UnderStock", "*/HC20=WithoutStock", "*/EIP=WithoutStock", "ap-guangzhou-3/*=NormalStock"} {
		w, err := offer.ParseWord(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if w.String() != text {
			t.Errorf("got %s, want %s", w, text)
		}
	}
	for _, text := range []string{"", "S5.MEDIUM4=WithoutStock", "*/S5.MEDIUM4", "*/S5.HUGE=WithoutStock", "nowhere/*=NormalStock", "*/*=Plenty"} {
		if w, err := offer.ParseWord(text); err == nil {
			t.Errorf("%q: got %s, want an error", text, w)
		}
	}
}
