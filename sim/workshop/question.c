/* question.c: the list of questions */
#include "workshop/question.h"

#include <string.h>

const struct question_row question_rows[QUESTION_COUNT] = {
#define X(id, most, by, when) {#id, most, QUESTION_BY_##by, QUESTION_IN_##when},
    QUESTIONS(X)
#undef X
};

enum question question_find(const char *id)
{
    for (int q = 0; q < QUESTION_COUNT; q++)
        if (strcmp(question_rows[q].id, id) == 0) return (enum question)q;
    return QUESTION_COUNT;
}
