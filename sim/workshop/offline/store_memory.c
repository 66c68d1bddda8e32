/* store_memory.c: store.h without a file: the answers of an exported page live as long as the page */
#include "workshop/store.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define WORDS 8

struct answer { char person[64], question[64]; int value; };

struct store {
    struct { char key[32], value[256]; } word[WORDS];
    size_t n_words;
    struct answer *answers;
    size_t n, room;
};

int store_open(struct store **store, const char *path, uint64_t digest, struct orgsim_where *where)
{
    (void)path, (void)digest, (void)where;
    *store = memory_array(1, sizeof **store);
    return *store ? 0 : ORGSIM_ERROR_MEMORY;
}

void store_close(struct store *s)
{
    if (s) memory_free(s->answers);
    memory_free(s);
}

int store_recall(struct store *s, const char *key, char value[256])
{
    value[0] = '\0';
    for (size_t w = 0; w < s->n_words; w++)
        if (!strcmp(s->word[w].key, key)) snprintf(value, 256, "%s", s->word[w].value);
    return 0;
}

int store_remember(struct store *s, const char *key, const char *value)
{
    size_t w = 0;
    while (w < s->n_words && strcmp(s->word[w].key, key)) w++;
    if (w == WORDS) return ORGSIM_ERROR_IO;
    if (w == s->n_words) s->n_words++;
    snprintf(s->word[w].key, sizeof s->word[w].key, "%s", key);
    snprintf(s->word[w].value, sizeof s->word[w].value, "%s", value);
    return 0;
}

int store_answer(struct store *s, const char *person, const char *question, int value)
{
    for (size_t k = 0; k < s->n; k++)
        if (!strcmp(s->answers[k].person, person) && !strcmp(s->answers[k].question, question)) {
            s->answers[k].value = value;
            return 0;
        }
    if (memory_grow((void **)&s->answers, &s->room, s->n + 1, sizeof *s->answers)) return ORGSIM_ERROR_IO;
    struct answer *a = &s->answers[s->n++];
    snprintf(a->person, sizeof a->person, "%s", person);
    snprintf(a->question, sizeof a->question, "%s", question);
    a->value = value;
    return 0;
}

int store_answers(struct store *s, void *context, int (*take)(void *context, const char *person, const char *question, int value))
{
    int status = 0;
    for (size_t k = 0; k < s->n && !status; k++) status = take(context, s->answers[k].person, s->answers[k].question, s->answers[k].value);
    return status;
}
