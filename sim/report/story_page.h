/* story_page.h: style and script of replay.html */
#ifndef ORGSIM_REPORT_STORY_PAGE_H
#define ORGSIM_REPORT_STORY_PAGE_H

extern const char story_page_style[], story_page_script[];

#endif
