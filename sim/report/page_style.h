/* page_style.h: the style of report.html: light and dark by the reader's setting, and paper */
#ifndef ORGSIM_REPORT_PAGE_STYLE_H
#define ORGSIM_REPORT_PAGE_STYLE_H

extern const char *const page_style[]; /* in parts; NULL ends them */

#endif
