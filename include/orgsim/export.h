/** @file export.h  Visibility of public symbols, and the attribute of results that must be looked at. */
#ifndef ORGSIM_EXPORT_H
#define ORGSIM_EXPORT_H

#define ORGSIM_API __attribute__((visibility("default")))
#define ORGSIM_MUST_CHECK __attribute__((warn_unused_result))

#endif
